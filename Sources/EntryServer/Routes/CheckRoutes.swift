internal import ContestRules
internal import EntryIntake
internal import Hummingbird
internal import MediaFacts

/// `POST /v1/checks`: judges a file and stores nothing.
struct CheckRoutes {
    let intake: Intake
    let receiver: UploadReceiver
    let meter: ServiceMeter

    func add(to table: RouteTable) {
        table.post(
            "/v1/checks", .scope([.submit, .review]), taking: ["contest", "category", "depth", "filename"]
        ) { request, context in
            if let contest = context.query["contest"] {
                try context.principal.require(contest: contest)
                _ = try intake.contests.contest(contest)
            } else if request.mediaType != "multipart/form-data" {
                throw Problem.contestMissing
            }
            let depth: Depth? = try context.query.choice("depth")
            // The place in the queue is reserved before the body is read, so that a refused client need not send its
            // file.
            let place = try intake.reservePlace()
            defer { place.release() }
            return try await receiver.withUpload(request, multipart: true, raw: true) { upload in
                let contest = try upload.requiredContest()
                try context.principal.require(contest: contest)
                guard let media = upload.media else { throw Problem.mediaExpected }
                let report = try await context.whileClientWaits {
                    try await intake.check(
                        media, named: upload.filename, contest: contest, fields: upload.fields,
                        category: context.query["category"], depth: depth, holding: place,
                        noting: [upload.filenameNote].compactMap(\.self))
                }
                meter.count(report)
                return Response.json(report)
            }
        }
    }
}

extension Upload {
    /// The id of the contest that the request names.
    ///
    /// - Throws: `contestMissing` when the request names none.
    func requiredContest() throws -> String {
        guard let contest else { throw Problem.contestMissing }
        return contest
    }
}

extension Problem {
    /// The request names no contest.
    static let contestMissing = Problem(
        .unprocessableContent, "contest-missing", zh: "请指明竞赛：加上字段或参数 contest，例如 contest=xian-2024。",
        en: "Name the contest with a field or query parameter, like contest=xian-2024.")

    /// The request has no video.
    static let mediaExpected = Problem(
        .unprocessableContent, "media-expected", zh: "没有收到视频文件。请把文件放在名为 media 的字段中。",
        en: "No video was sent. Send the file as the part named \"media\".")
}
