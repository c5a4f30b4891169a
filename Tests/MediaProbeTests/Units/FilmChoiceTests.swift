import Testing

@testable import MediaProbe

/// The choice of the streams that make the film.
struct FilmChoiceTests {
    @Test(
        "`FilmChoice.video` prefers a stream of several pictures, then the default one, the longest one, the first one",
        arguments: [
            ([], nil),
            ([(0, false, 1, 0.04)], 0),
            // A still that is larger than the film has a single picture.
            ([(0, true, 1, 200), (1, false, 5000, 200)], 1),
            ([(0, false, 5000, 100), (1, true, 5000, 90)], 1),
            ([(0, false, 5000, 90), (1, false, 5000, 100)], 1),
            ([(0, true, 5000, 90), (1, true, 5000, 100)], 1),
            ([(0, true, 5000, 100), (1, true, 5000, 100)], 0),
            ([(0, false, nil, nil), (1, false, nil, nil)], 0),
            ([(0, false, 0, nil), (1, false, 2, nil)], 1),
        ] as [([(Int, Bool, Int?, Double?)], Int?)])
    func video(streams: [(Int, Bool, Int?, Double?)], choice: Int?) {
        let streams = streams.map { FilmChoice.Video(index: $0.0, isDefault: $0.1, pictures: $0.2, seconds: $0.3) }
        #expect(FilmChoice.video(streams) == choice)
    }

    @Test(
        "`FilmChoice.audio` prefers the video's programme, then a stream that can be decoded, the default one, the first one",
        arguments: [
            ([], nil),
            ([(1, true, false, true), (2, false, true, true)], 2),
            ([(1, false, true, true), (2, true, true, true)], 2),
            ([(1, false, true, true), (2, false, true, true)], 1),
            // The sound of another programme is not chosen, even if the film's own cannot be decoded.
            ([(1, true, true, false), (2, false, false, true)], 2),
        ] as [([(Int, Bool, Bool, Bool)], Int?)])
    func audio(streams: [(Int, Bool, Bool, Bool)], choice: Int?) {
        let streams = streams.map {
            FilmChoice.Audio(index: $0.0, isDefault: $0.1, isDecodable: $0.2, isOfProgramme: $0.3)
        }
        #expect(FilmChoice.audio(streams) == choice)
    }
}
