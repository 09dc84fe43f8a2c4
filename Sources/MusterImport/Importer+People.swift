import MusterBinding
import MusterDiagnostics
import MusterStore

extension Importer {
    func takePeople() throws {
        guard let fields = sheet(form.persons)?.fields else { return }
        try eachRow(of: form.persons) { reading, reader in
            let name = people.name(reading.values)
            let (owner, why) = owner(reading, reader)
            let isRefused = ask(reading, fields, name: name, owner: owner)
            guard let owner else {
                askWhere(reading, name: name, why ?? Message(""))
                return .asked
            }
            note(owner, of: reading.place.file)
            if isRefused { return .asked }
            let claim = PersonBook.Claim(place: reading.place, values: reading.values,
                                         extras: reading.extras, owner: owner,
                                         isConfirmed: reading.isConfirmed)
            return people.take(claim, part: units.part(owner)) { units.path($0) }
        }
        questions += people.questions
        if people.people.contains(where: { !isRecognisable($0) }) {
            let count = people.people.count { !isRecognisable($0) }
            notes.append(Message(
                zh: "有 \(count) 人既没有\(numberTitle.zh)也没有\(birthTitle.zh)：不会与别的名册或上月的名册对上",
                en: "\(count) people have neither \(numberTitle.en) nor \(birthTitle.en): they are not matched with "
                    + "other rosters, nor with another month's"))
        }
    }

    /// Who sent a file: the lowest row of the tree that all of its rows belong to.
    private func note(_ owner: Int, of file: Int) {
        if isMixed.contains(file) { return }
        senders[file] = senders[file] == nil ? owner
            : senders[file].flatMap { units.common($0, owner) }
        if senders[file] == nil { isMixed.insert(file) }
    }

    private var numberTitle: Term { title(form.number) }
    private var birthTitle: Term { title(form.birth) }

    private func title(_ field: String) -> Term {
        let sheet = sheet(form.persons)
        return sheet?.field(field).map { sheet?.fields[$0].title ?? Term(field) } ?? Term(field)
    }

    private func isRecognisable(_ person: PersonBook.Person) -> Bool {
        !person.key.isEmpty || people.keys.number.map { person.values[$0] != nil } == true
            || people.keys.birth.map { person.values[$0] != nil } == true
    }

    func takeFacts() throws {
        for sheet in sheets where sheet.table != form.persons && sheet.table != form.tree {
            try eachRow(of: sheet.table) { reading, reader in
                try takeFact(reading, reader, sheet)
            }
        }
    }

    private func takeFact(_ reading: RowReading, _ reader: RowReader, _ sheet: ImportSheet) throws
        -> RowOutcome {
        let label = sheet.person == nil
            ? domain.entity(sheet.table)?.labelField.flatMap { sheet.field($0) }
            : personField(sheet, domain.entity(form.persons)?.labelField)
        let name = reading.text(label) ?? ""
        var fact = Fact(values: reading.values, extras: reading.extras, place: reading.place)
        if sheet.person != nil {
            let (person, why) = person(reading, sheet)
            let isRefused = ask(reading, sheet.fields, name: name, owner: nil)
            guard let person else {
                let number = sheet.field(ImportField.ofPerson + form.number)
                questions.append(Question(
                    place: reading.place, name: name, owner: senders[reading.place.file],
                    field: number.map { sheet.fields[$0].title } ?? Term(form.number),
                    isSensitive: true, value: reading.text(number) ?? "", reason: why,
                    kind: .notTaken))
                return .asked
            }
            if isRefused { return .asked }
            fact.person = person
        } else {
            let (owner, why) = owner(reading, reader)
            let isRefused = ask(reading, sheet.fields, name: name, owner: owner)
            guard let owner else {
                askWhere(reading, name: name, why ?? Message(""))
                return .asked
            }
            if isRefused { return .asked }
            fact.owner = owner
        }
        facts[sheet.table, default: []].append(fact)
        return .taken
    }

    private func personField(_ sheet: ImportSheet, _ name: String?) -> Int? {
        name.flatMap { sheet.field(ImportField.ofPerson + $0) }
    }

    /// The person whom a row is about.
    private func person(_ reading: RowReading, _ sheet: ImportSheet) -> (Int?, why: Message) {
        let persons = domain.entity(form.persons)
        func field(_ name: String?) -> Int? { personField(sheet, name) }
        let own = senders[reading.place.file].flatMap { units.nodes[$0].parent == nil ? nil : $0 }
        let parts = own.map { [units.part($0)] }
            ?? Set(people.people.map { units.part($0.owner) }).sorted()
        let key = reading.text(sheet.person.flatMap { sheet.field($0) })
            ?? reading.text(field(persons?.keyField))
        switch people.find(key: key, number: reading.text(field(form.number)),
                           name: reading.text(field(persons?.labelField)),
                           birth: reading.day(field(form.birth)),
                           parts: parts) {
        case .person(let person): return (person, Message(""))
        case .several:
            return (nil, Message(zh: "名册中有几人同名同生日，请填\(numberTitle.zh)",
                                 en: "several people have this name and birth: give the \(numberTitle.en)"))
        case .nobody:
            let isTold = key != nil || reading.text(field(form.number)) != nil
                || reading.day(field(form.birth)) != nil
            return (nil, isTold
                ? Message(zh: "名册中没有这个人", en: "nobody on the rosters is that")
                : Message(zh: "只有姓名，不能认定是谁，请填\(numberTitle.zh)或\(birthTitle.zh)",
                          en: "a name alone tells nobody: give \(numberTitle.en) or \(birthTitle.en)"))
        }
    }

    /// Keys for the tree and people, and what is known of an earlier snapshot.
    func finishKeys() {
        units.finish(root: form.rootName[options.language])
        known.follow { [units] part in units.nodes[part].key }
        let (kept, new) = people.finish(known: known) { [units] in units.part($0) }
        guard earlier != nil else { return }
        let now = Set(people.people.map(\.key))
        let gone = known.keys.count { !now.contains($0) }
        notes.append(Message(
            zh: "与上次名册对照：\(kept) 人沿用原编号，新编 \(new) 人，上次有而这次没有 \(gone) 人",
            en: "beside the earlier snapshot: \(kept) keep their ids, \(new) are new, \(gone) of "
                + "that one are not here"))
    }

    /// In the order of the files, each with the one who is to answer it.
    func settleQuestions() {
        questions = questions.enumerated().sorted {
            ($0.element.place, $0.offset) < ($1.element.place, $1.offset)
        }.map { pair in
            var question = pair.element
            question.owner = senders[question.place.file] ?? question.owner
            return question
        }
    }
}
