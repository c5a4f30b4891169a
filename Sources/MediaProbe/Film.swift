/// The streams of a file that make the film, and the film's timeline. Facts and decoding passes use the same choice.
struct Film {
    /// Index of the video stream; nil when the file has none.
    let video: Int?
    /// Index of the audio stream; nil when the file has none.
    let audio: Int?
    /// The relation between timestamps and the film's time.
    var timeline = Timeline()
    /// The reason why the picture cannot be shown; nil when there is none.
    var pictureObstacle: Obstacle?
    /// The reason why the sound cannot be played; nil when there is none.
    var soundObstacle: Obstacle?

    /// Uses the chosen streams of `selection`; timeline and obstacles are set later.
    init(_ selection: StreamSelection) {
        video = selection.video
        audio = selection.audio
    }
}
