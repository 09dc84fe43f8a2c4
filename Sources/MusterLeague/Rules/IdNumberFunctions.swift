import MusterValues
import MusterDiagnostics
import MusterBinding
import MusterPlan
import MusterStore

/// `id_well_formed(t)`: 17 digits and a digit, X or x.
enum IdWellFormed: Function {
    static let name = Term("id_well_formed", "身份证号格式正确")
    static let usage = Message(zh: "身份证号格式正确(身份证号)", en: "id_well_formed(id_number)")
    static let summary = Message(zh: "身份证号是十七位数字加一位数字或 X",
                                 en: "the ID number is 17 digits and a digit or X")
    static let use = FunctionUse.declaration

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        return .call(name.en, [try call.text(0, binder)], gives: .bool)
    }

    static let kernels = [FunctionKernel(name.en) { call in
        IdNumberText.test(call.arguments[0], call.count) { _, _ in true }
    }]
}

/// `id_check_right(t)`: the check character is the one that ISO 7064 MOD 11-2 gives.
enum IdCheckRight: Function {
    static let name = Term("id_check_right", "身份证号校验正确")
    static let usage = Message(zh: "身份证号校验正确(身份证号)", en: "id_check_right(id_number)")
    static let summary = Message(zh: "身份证号的末位校验码正确",
                                 en: "the ID number's check character is right")
    static let use = FunctionUse.declaration

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        return .call(name.en, [try call.text(0, binder)], gives: .bool)
    }

    static let kernels = [FunctionKernel(name.en) { call in
        IdNumberText.test(call.arguments[0], call.count) { number, _ in number.hasRightCheck }
    }]
}

/// `id_birth_is(t, d)`: digits 7 to 14 are the day; with none for a day, that they are one.
enum IdBirthIs: Function {
    static let name = Term("id_birth_is", "身份证号生日为")
    static let usage = Message(zh: "身份证号生日为(身份证号, 出生日期)", en: "id_birth_is(id_number, birth)")
    static let summary = Message(zh: "身份证号中的日期就是这一天；日期为空时，是一个日期即可",
                                 en: "the ID number's date is the day; any day where that is none")
    static let use = FunctionUse.declaration

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(2...2)
        let number = try call.text(0, binder), day = try call.day(1, binder)
        let typed = day.type == .none ? Scalar.constant(.none, .day) : day
        return .call(name.en, [number, typed], gives: .bool)
    }

    static let kernels = [FunctionKernel(name.en) { call in
        guard case .day(let days) = call.arguments[1] else {
            return IdNumberText.test(call.arguments[0], call.count) { number, _ in
                number.birth != nil
            }
        }
        return IdNumberText.test(call.arguments[0], call.count) { number, row in
            guard let birth = number.birth else { return false }
            return days[row] == None.day || days[row] == birth
        }
    }]
}

/// `id_gender_is(t, g)`: the 17th digit is odd for 男 and even for 女.
enum IdGenderIs: Function {
    static let name = Term("id_gender_is", "身份证号性别为")
    static let usage = Message(zh: "身份证号性别为(身份证号, 性别)", en: "id_gender_is(id_number, gender)")
    static let summary = Message(zh: "身份证号的第十七位与性别相符（男单女双）",
                                 en: "the ID number's 17th digit is the gender's (odd for men)")
    static let use = FunctionUse.declaration

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(2...2)
        let parts = [try call.text(0, binder), try call.text(1, binder)]
        return .call(name.en, parts, gives: .bool)
    }

    static let kernels = [FunctionKernel(name.en) { call in
        guard case .text(let genders, let texts) = call.arguments[1] else {
            return .bool([UInt8](repeating: 0, count: call.count))
        }
        let male = texts.code(of: "男"), female = texts.code(of: "女")
        return IdNumberText.test(call.arguments[0], call.count) { number, row in
            genders[row] >= 0 && genders[row] == (number.isMale ? male : female)
        }
    }]
}

/// A well-formed ID number as bytes. (GB 11643-1999: area 6, birth 8, sequence 3, check 1.)
struct IdNumberText {
    private let bytes: UnsafeBufferPointer<UInt8>

    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == 18, bytes[..<17].allSatisfy({ $0 &- 0x30 < 10 }),
              bytes[17] &- 0x30 < 10 || bytes[17] | 0x20 == UInt8(ascii: "x") else { return nil }
        self.bytes = bytes
    }

    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    private static let checks = Array("10X98765432".utf8)

    var hasRightCheck: Bool {
        var sum = 0
        for place in 0..<17 { sum += digit(place) * Self.weights[place] }
        let last = bytes[17] == UInt8(ascii: "x") ? UInt8(ascii: "X") : bytes[17]
        return Self.checks[sum % 11] == last
    }

    /// The day of digits 7 to 14, or nil where there is no such day, or nobody born on it has a
    /// number.
    var birth: Int32? {
        let year = (6..<10).reduce(0) { $0 * 10 + digit($1) }
        guard year >= 1880 else { return nil }
        return CivilDay.number(year, digit(10) * 10 + digit(11), digit(12) * 10 + digit(13))
    }

    var isMale: Bool { bytes[16] & 1 == 1 }

    private func digit(_ place: Int) -> Int { Int(bytes[place] &- 0x30) }

    /// Whether the check character fits; nil where it is no 17 digits with one behind them.
    static func hasRightCheck(_ text: String) -> Bool? {
        guard text.utf8.count == 18 else { return nil }
        var text = text
        return text.withUTF8 { IdNumberText($0)?.hasRightCheck }
    }

    /// Whether the text is an ID number with a day in it and the right check character.
    @Sendable static func isSound(_ text: String) -> Bool {
        guard text.utf8.count == 18 else { return false }
        var text = text
        return text.withUTF8 { bytes in
            IdNumberText(bytes).map { $0.birth != nil && $0.hasRightCheck } ?? false
        }
    }

    /// A mask over the rows of a text vector: 1 where it is a well-formed number that passes.
    static func test(_ vector: Vector, _ count: Int, _ passes: (IdNumberText, Int) -> Bool)
        -> Vector {
        guard case .text(let codes, let dictionary) = vector else {
            return .bool([UInt8](repeating: 0, count: count))
        }
        return dictionary.bytes.withUnsafeBufferPointer { bytes in
            .bool(codes.enumerated().map { row, code in
                guard code >= 0 else { return 0 }
                let range = dictionary.range(code)
                guard let number = IdNumberText(UnsafeBufferPointer(rebasing: bytes[range]))
                else { return 0 }
                return passes(number, row) ? 1 : 0
            })
        }
    }
}
