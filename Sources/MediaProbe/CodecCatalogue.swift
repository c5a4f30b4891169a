internal import CFFmpeg

/// The codecs of the linked libavcodec. Contest files name codecs and profiles; tests compare their tables with this one.
enum CodecCatalogue {
    /// A codec of video or sound.
    struct Codec {
        /// The name in the facts of a file. Source: `AVCodecDescriptor.name`.
        let name: String
        /// Whether the codec is one of video; otherwise it is one of sound.
        let isVideo: Bool
        /// Names of the profiles. Source: `AVCodecDescriptor.profiles`.
        let profiles: [String]
    }

    /// Every codec of video and sound that libavcodec can name, whether it has a decoder or not. Source:
    /// `avcodec_descriptor_next`.
    static var codecs: [Codec] {
        var found: [Codec] = []
        var descriptor = avcodec_descriptor_next(nil)
        while let current = descriptor?.pointee {
            if current.type == AVMEDIA_TYPE_VIDEO || current.type == AVMEDIA_TYPE_AUDIO {
                found.append(
                    Codec(
                        name: String(cString: current.name), isVideo: current.type == AVMEDIA_TYPE_VIDEO,
                        profiles: profiles(current.profiles)))
            }
            descriptor = avcodec_descriptor_next(descriptor)
        }
        return found
    }

    private static func profiles(_ list: UnsafePointer<AVProfile>?) -> [String] {
        var names: [String] = []
        var profile = list
        while let current = profile?.pointee, current.profile != CInt(cff_profile_unknown) {
            names.append(String(cString: current.name))
            profile = profile?.advanced(by: 1)
        }
        return names
    }

    /// The level that `level`, libav's number, stands for in the codec called `name`; nil for a number that is no level.
    static func level(_ level: Int32, ofCodec name: String) -> String? {
        CodecLevel.text(level, of: avcodec_descriptor_get_by_name(name)?.pointee.id ?? AV_CODEC_ID_NONE)
    }
}
