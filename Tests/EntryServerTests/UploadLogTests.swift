import EntryIntake
import Hummingbird
import Testing

@Suite("The log line of an upload that fails through us")
struct UploadLogTests {
    @Test("A `PATCH` answered with 503 writes one line with code, cause and the id of the upload")
    func line() async throws {
        let isBroken = Switch()
        let error = IntakeError.storageFailed("commit: secret")
        let service = try TestService(faults: Faults(step: .arrive, error: error, isBroken: isBroken))
        let upload = try await service.beginUpload(Clip.short.count)
        try await service.patch(upload, at: 7, Clip.short).expectProblem(409, "offset-mismatch")
        #expect(service.log.errors == [])
        isBroken.turn(on: true)
        try await service.patch(upload, at: 0, Clip.short).expectProblem(503, "storage-failed")
        let id = try #require(upload.split(separator: "/").last)
        #expect(service.log.errors.count == 1)
        for word in ["storage-failed", "cause=commit: secret", "upload=\(id)"] {
            #expect(service.log.errors.first?.contains(word) == true, "\(word)")
        }
    }
}
