import Foundation
import TestSupport
import Testing

/// A file that asks its reader to open another file or a network address.
struct Attack: Sendable, CustomTestStringConvertible {
    /// The format of the attack: `hls`, `dash`, `sdp` and so on.
    let kind: String
    let path: String

    var testDescription: String { URL(filePath: path).lastPathComponent }
}

/// A folder of attack files, all named `.mp4`. Each one points at a canary, which is a clip in the same folder or a
/// port on the loopback. The paths are written in every known way.
///
/// Relative paths begin at `folder`, so the reader must run there.
struct AttackSet: Sendable {
    let folder: TemporaryFolder
    let attacks: [Attack]
    /// The folder of the canaries. It holds nothing else, so a reader that opens a file in it followed an attack.
    let canaries: String

    /// Writes the files; `port` is the port of a `LoopbackTrap`.
    init(port: UInt16) throws {
        folder = try TemporaryFolder()
        canaries = folder.path("canary")
        try FileManager.default.createDirectory(atPath: canaries, withIntermediateDirectories: false)
        for clip in ["ts", "mp4"] {
            try FileManager.default.copyItem(
                atPath: TestMedia.path("short.\(clip)"), toPath: "\(canaries)/clip.\(clip)")
        }
        try folder.write(Data("file '\(canaries)/clip.ts'\n".utf8), to: "canary/list.txt")
        try folder.write(Data(IMF.assetMap(target: "canary/clip.mp4").utf8), to: "ASSETMAP.xml")

        var recipes: [Recipe] = []
        for target in Target.all(canaries: canaries, port: port) {
            recipes += Playlists.pointing(at: target)
            recipes += target.isPlain ? Containers.pointing(at: target.url) : []
        }
        recipes += Playlists.once(port: port) + Containers.carrying(Playlists.hls("canary/clip.ts"))
        attacks = try recipes.enumerated().map { [folder] number, recipe in
            let name = "\(number)-\(recipe.name).mp4"
            return Attack(kind: recipe.kind, path: try folder.write(recipe.content, to: name))
        }
    }

    var paths: [String] { attacks.map(\.path) }
}

/// The content of an attack file.
struct Recipe {
    let kind: String
    let name: String
    let content: Data

    init(_ kind: String, _ variant: String = "", bytes: Data) {
        self.kind = kind
        name = variant.isEmpty ? kind : "\(kind)-\(variant)"
        content = bytes
    }

    init(_ kind: String, _ text: String) { self.init(kind, bytes: Data(text.utf8)) }

    init(_ kind: String, _ variant: String, _ text: String) { self.init(kind, variant, bytes: Data(text.utf8)) }
}

/// An address that an attack points at.
struct Target {
    let name: String
    let url: String
    /// Whether the address is a path or a `file:` address. Containers can hold only such addresses.
    let isPlain: Bool

    static func all(canaries: String, port: UInt16) -> [Target] {
        let clip = "\(canaries)/clip.ts"
        let climbing = String(repeating: "../", count: 32) + clip.dropFirst()
        let nested = Data("ffconcat version 1.0\nfile canary/clip.ts\n".utf8).base64EncodedString()
        let plain = [
            ("absolute", clip), ("relative", "canary/clip.ts"), ("mp4", "canary/clip.mp4"), ("climbing", climbing),
            ("file", "file:\(clip)"), ("file-url", "file://\(clip)"),
        ]
        let wrapped = [
            ("concat", "concat:\(clip)|\(clip)"), ("concatf", "concatf:\(canaries)/list.txt"),
            ("subfile", "subfile,,start,0,end,0,,:\(clip)"), ("crypto", "crypto:\(clip)"), ("cache", "cache:\(clip)"),
            ("async", "async:\(clip)"), ("hls", "hls+file:\(clip)"), ("data", "data:text/plain;base64,\(nested)"),
            ("pipe", "pipe:1"),
        ]
        let network = ["http", "tcp", "udp", "rtp", "rtmp", "ftp", "gopher"].map {
            ($0, "\($0)://127.0.0.1:\(port)/clip.ts")
        }
        return plain.map { Target(name: $0.0, url: $0.1, isPlain: true) }
            + (wrapped + network).map { Target(name: $0.0, url: $0.1, isPlain: false) }
    }
}

/// Attacks made of text.
enum Playlists {
    static func hls(_ url: String, before: String = "") -> String {
        """
        #EXTM3U
        #EXT-X-VERSION:7
        #EXT-X-TARGETDURATION:2
        #EXT-X-MEDIA-SEQUENCE:0
        \(before)#EXTINF:2.0,
        \(url)
        #EXT-X-ENDLIST

        """
    }

    /// Playlists of every format that can hold any address.
    static func pointing(at target: Target) -> [Recipe] {
        let url = target.url
        return [
            Recipe("hls", target.name, hls(url)),
            Recipe("hls-key", target.name, hls(url, before: "#EXT-X-KEY:METHOD=AES-128,URI=\"\(url)\",IV=0x01\n")),
            Recipe("hls-map", target.name, hls(url, before: "#EXT-X-MAP:URI=\"\(url)\"\n")),
            Recipe(
                "hls-master", target.name,
                """
                #EXTM3U
                #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a",DEFAULT=YES,URI="\(url)"
                #EXT-X-STREAM-INF:BANDWIDTH=1000,AUDIO="a"
                \(url)

                """),
            Recipe("dash", target.name, dash("<BaseURL>\(url)</BaseURL>")),
            Recipe(
                "dash-list", target.name,
                dash(
                    """
                    <SegmentList duration="1"><Initialization sourceURL="\(url)"/><SegmentURL media="\(url)"/></SegmentList>
                    """)),
            Recipe(
                "dash-template", target.name,
                dash(
                    """
                    <SegmentTemplate duration="1" startNumber="1" initialization="\(url)" media="\(url)"/>
                    """)),
            Recipe("concat", target.name, "ffconcat version 1.0\nfile '\(url)'\noption safe 0\nduration 2\n"),
            Recipe("concat", "plain-\(target.name)", "ffconcat version 1.0\nfile \(url)\n"),
            Recipe("redirect", target.name, "[Reference]\r\nRef1=\(url)\r\nRef2=\(url)\r\n"),
            Recipe("rtsptext", target.name, "RTSPtext\r\n\(url)\r\n"),
            Recipe("imf", target.name, IMF.assetMap(target: url)),
        ]
    }

    /// Playlists of formats that can hold only some addresses, or none.
    static func once(port: UInt16) -> [Recipe] {
        descriptions(port: port) + subtitles("canary/clip.ts") + manifests("canary/clip.ts")
            + [Recipe("ram", "rtsp://127.0.0.1:\(port)/x\n"), Recipe("imf", "composition", IMF.composition)]
    }

    /// Descriptions of network sessions (SDP) on the loopback.
    private static func descriptions(port: UInt16) -> [Recipe] {
        ["RTP/AVP", "RTP/AVP/TCP", "RTP/SAVP"].enumerated().map { number, transport in
            Recipe(
                "sdp", "\(number)",
                """
                v=0
                o=- 0 0 IN IP4 127.0.0.1
                s=x
                c=IN IP4 127.0.0.1
                t=0 0
                m=video \(port &+ 2 & ~1) \(transport) 96
                a=rtpmap:96 H264/90000
                a=control:rtsp://127.0.0.1:\(port)/x

                """)
        }
    }

    private static func subtitles(_ clip: String) -> [Recipe] {
        [
            Recipe("srt", "1\n00:00:00,000 --> 00:00:01,000\n<font face=\"file:\(clip)\">\(clip)</font>\n"),
            Recipe(
                "ass",
                """
                [Script Info]
                ScriptType: v4.00+
                Video File: \(clip)
                Audio File: \(clip)

                [Events]
                Dialogue: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,\(clip)

                """),
            Recipe("microdvd", "{1}{25}\(clip)\n{26}{50}\(clip)\n{51}{75}\(clip)\n"),
            Recipe("mpsub", "TITLE=x\nFILE=1,\(clip)\nFORMAT=25\n\n0 100\n\(clip)\n"),
            Recipe(
                "vobsub",
                """
                # VobSub index file, v7 (do not modify this line!)
                size: 720x576
                id: zh, index: 0
                timestamp: 00:00:00:000, filepos: 000000000

                """),
            Recipe("webvtt", "WEBVTT\n\nSTYLE\n@import url(\(clip));\n\n00:00.000 --> 00:01.000\n\(clip)\n"),
            Recipe("sami", "<SAMI><BODY><SYNC Start=0><P><img src=\"\(clip)\"></SAMI>\n"),
            Recipe("realtext", "<window type=\"generic\"><time begin=\"0\"/><a href=\"\(clip)\">x</a></window>\n"),
        ]
    }

    private static func manifests(_ clip: String) -> [Recipe] {
        [
            Recipe("hls", "bom", "\u{feff}" + hls(clip)), Recipe("hls", "indented", "\n \n" + hls(clip)),
            Recipe("m3u", "\(clip)\n"), Recipe("pls", "[playlist]\nFile1=\(clip)\nNumberOfEntries=1\n"),
            Recipe("asx", "<asx version=\"3.0\"><entry><ref href=\"\(clip)\"/></entry></asx>\n"),
            Recipe("smil", "<smil><body><video src=\"\(clip)\"/></body></smil>\n"),
            Recipe("cue", "FILE \"\(clip)\" WAVE\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n"),
            Recipe("avisynth", "DirectShowSource(\"\(clip)\")\n"),
            Recipe("image-%03d", "%03d canary/clip%03d.ts\n"), Recipe("glob-*", "canary/*.ts\n"),
            Recipe("metadata", ";FFMETADATA1\ntitle=\(clip)\nfile=\(clip)\n"),
            Recipe(
                "svg",
                """
                <?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "\(clip)">]>
                <svg xmlns="http://www.w3.org/2000/svg"><image href="\(clip)"/><text>&x;</text></svg>

                """),
            Recipe(
                "dash", "entity",
                dash("<BaseURL>&x;</BaseURL>", before: "<!DOCTYPE MPD [<!ENTITY x SYSTEM \"\(clip)\">]>")),
            Recipe(
                "webm-dash-manifest",
                """
                <?xml version="1.0"?>
                <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"
                profiles="urn:webm:dash:profile:webm-on-demand:2012"><Period><AdaptationSet mimeType="video/webm">
                <Representation id="0" bandwidth="1"><BaseURL>\(clip)</BaseURL><SegmentBase indexRange="0-9">
                <Initialization range="0-9"/></SegmentBase></Representation></AdaptationSet></Period></MPD>

                """),
        ]
    }

    private static func dash(_ source: String, before: String = "") -> String {
        """
        <?xml version="1.0"?>
        \(before)<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT2S"
        profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period duration="PT2S">
        <AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1000">\(source)</Representation>
        </AdaptationSet></Period></MPD>

        """
    }
}

/// Packages of the Interoperable Master Format. Source: SMPTE ST 2067-3 (composition), ST 429-9 (asset map).
enum IMF {
    private static let track = "urn:uuid:11111111-2222-3333-4444-555555555555"

    static let composition = """
        <?xml version="1.0"?>
        <CompositionPlaylist xmlns="http://www.smpte-ra.org/schemas/2067-3/2016"><Id>\(track)</Id>
        <ContentTitle>x</ContentTitle><EditRate>25 1</EditRate><SegmentList><Segment><Id>\(track)</Id><SequenceList>
        <cc:MainImageSequence xmlns:cc="http://www.smpte-ra.org/schemas/2067-2/2016"><Id>\(track)</Id>
        <TrackId>\(track)</TrackId><ResourceList><Resource><Id>\(track)</Id><EditRate>25 1</EditRate>
        <IntrinsicDuration>2</IntrinsicDuration><TrackFileId>\(track)</TrackFileId></Resource></ResourceList>
        </cc:MainImageSequence></SequenceList></Segment></SegmentList></CompositionPlaylist>

        """

    static func assetMap(target: String) -> String {
        """
        <?xml version="1.0"?>
        <AssetMap xmlns="http://www.smpte-ra.org/schemas/429-9/2007/AM"><Id>\(track)</Id><AssetList><Asset>
        <Id>\(track)</Id><ChunkList><Chunk><Path>\(target)</Path></Chunk></ChunkList></Asset></AssetList></AssetMap>

        """
    }
}
