import Foundation

/// Where the interpreter runs: a thread whose stack has a known size, whatever the shell that
/// started the program allows. What is read may be nested as deep as `Limits` say, and every walk
/// over it fits.
package enum DeepStack {
    /// Bytes; of memory only as much is used as the deepest walk needs.
    private static let size = 128 << 20

    /// Carries out the body there and waits for its end.
    package static func run(_ body: @escaping @Sendable () -> Void) {
        let end = DispatchSemaphore(value: 0)
        let thread = Thread {
            body()
            end.signal()
        }
        thread.stackSize = size
        thread.start()
        // Signals are for the thread that reads lines.
        var all = sigset_t(), before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, &before)
        end.wait()
        pthread_sigmask(SIG_SETMASK, &before, nil)
    }
}
