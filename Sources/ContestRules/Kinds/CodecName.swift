internal import MediaFacts

/// The names of codecs as FFmpeg writes them. Another name never occurs in the facts of a file.
enum CodecName {
    /// Streams that have codecs.
    enum Stream {
        case video, audio
    }

    /// All names, of FFmpeg 5.1 and of later versions up to 8. Source: `avcodec_descriptor_next`. A test of `MediaProbe`
    /// compares them with the linked library.
    static let known: [Stream: Set<String>] = [
        .video: names(
            """
            012v 4xm 8bps a64_multi a64_multi5 aasc agm aic alias_pix amv anm ansi apng apv arbc argo asv1 asv2 aura
            aura2 av1 avrn avrp avs avs2 avs3 avui ayuv bethsoftvid bfi binkvideo bintext bitpacked bmp bmv_video
            brender_pix c93 cavs cdgraphics cdtoons cdxl cfhd cinepak clearvideo cljr cllc cmv cpia cri cscd cyuv daala
            dds dfa dirac dnxhd dnxuc dpx dsicinvideo dvvideo dxa dxtory dxv escape124 escape130 evc exr ffv1 ffvhuff
            fic fits flashsv flashsv2 flic flv1 fmvc fraps frwu g2m gdv gem gif h261 h263 h263i h263p h264 hap hevc
            hnm4video hq_hqa hqx huffyuv hymt idcin idf iff_ilbm imm4 imm5 indeo2 indeo3 indeo4 indeo5 interplayvideo
            ipu jpeg2000 jpegls jpegxl jpegxl_anim jpegxs jv kgv1 kmvc lagarith lead ljpeg loco lscr m101 mad magicyuv
            mdec media100 mimic mjpeg mjpegb mmvideo mobiclip motionpixels mpeg1video mpeg2video mpeg4 msa1 mscc
            msmpeg4v1 msmpeg4v2 msmpeg4v3 msp2 msrle mss1 mss2 msvideo1 mszh mts2 mv30 mvc1 mvc2 mvdv mvha mwsc mxpeg
            notchlc nuv paf_video pam pbm pcx pdv pfm pgm pgmyuv pgx phm photocd pictor pixlet png ppm prores prores_raw
            prosumer psd ptx qdraw qoi qpeg qtrle r10k r210 radiance_hdr rasc rawvideo rl2 roq rpza rscc rtv1 rv10 rv20
            rv30 rv40 rv60 sanm scpr screenpresso sga sgi sgirle sheervideo simbiosis_imx smackvideo smc smvjpeg snow
            sp5x speedhq srgc sunrast svg svq1 svq3 targa targa_y216 tdsc tgq tgv theora thp tiertexseqvideo tiff tmv
            tqi truemotion1 truemotion2 truemotion2rt tscc tscc2 txd ulti utvideo v210 v210x v308 v408 v410 vb vble vbn
            vc1 vc1image vcr1 vixl vmdvideo vmix vmnc vp3 vp4 vp5 vp6 vp6a vp6f vp7 vp8 vp9 vqc vvc wbmp wcmv webp wmv1
            wmv2 wmv3 wmv3image wnv1 wrapped_avframe ws_vqa xan_wc3 xan_wc4 xbin xbm xface xpm xwd y41p ylc yop yuv4
            zerocodec zlib zmbv
            """),
        .audio: names(
            """
            4gv 8svx_exp 8svx_fib aac aac_latm ac3 ac4 acelp.kelvin adpcm_4xm adpcm_adx adpcm_afc adpcm_agm adpcm_aica
            adpcm_argo adpcm_circus adpcm_ct adpcm_dtk adpcm_ea adpcm_ea_maxis_xa adpcm_ea_r1 adpcm_ea_r2 adpcm_ea_r3
            adpcm_ea_xas adpcm_g722 adpcm_g726 adpcm_g726le adpcm_ima_acorn adpcm_ima_alp adpcm_ima_amv adpcm_ima_apc
            adpcm_ima_apm adpcm_ima_cunning adpcm_ima_dat4 adpcm_ima_dk3 adpcm_ima_dk4 adpcm_ima_ea_eacs
            adpcm_ima_ea_sead adpcm_ima_escape adpcm_ima_hvqm2 adpcm_ima_hvqm4 adpcm_ima_iss adpcm_ima_magix
            adpcm_ima_moflex adpcm_ima_mtf adpcm_ima_oki adpcm_ima_pda adpcm_ima_qt adpcm_ima_rad adpcm_ima_smjpeg
            adpcm_ima_ssi adpcm_ima_wav adpcm_ima_ws adpcm_ima_xbox adpcm_ms adpcm_mtaf adpcm_n64 adpcm_psx adpcm_psxc
            adpcm_sanyo adpcm_sbpro_2 adpcm_sbpro_3 adpcm_sbpro_4 adpcm_swf adpcm_thp adpcm_thp_le adpcm_vima adpcm_xa
            adpcm_xmd adpcm_yamaha adpcm_zork ahx alac amr_nb amr_wb apac ape aptx aptx_hd atrac1 atrac3 atrac3al
            atrac3p atrac3pal atrac9 avc binkaudio_dct binkaudio_rdft bmv_audio bonk cbd2_dpcm celt codec2 comfortnoise
            cook derf_dpcm dfpwm dolby_e dsd_lsbf dsd_lsbf_planar dsd_msbf dsd_msbf_planar dsicinaudio dss_sp dst dts
            dvaudio eac3 evrc fastaudio flac ftr g723_1 g728 g729 gremlin_dpcm gsm gsm_ms hca hcom iac ilbc imc
            interplay_dpcm interplayacm lc3 mace3 mace6 metasound misc4 mlp mp1 mp2 mp3 mp3adu mp3on4 mp4als
            mpegh_3d_audio msnsiren musepack7 musepack8 nellymoser opus osq paf_audio pcm_alaw pcm_bluray pcm_dvd
            pcm_f16le pcm_f24le pcm_f32be pcm_f32le pcm_f64be pcm_f64le pcm_lxf pcm_mulaw pcm_s16be pcm_s16be_planar
            pcm_s16le pcm_s16le_planar pcm_s24be pcm_s24daud pcm_s24le pcm_s24le_planar pcm_s32be pcm_s32le
            pcm_s32le_planar pcm_s64be pcm_s64le pcm_s8 pcm_s8_planar pcm_sga pcm_u16be pcm_u16le pcm_u24be pcm_u24le
            pcm_u32be pcm_u32le pcm_u8 pcm_vidc qcelp qdm2 qdmc qoa ra_144 ra_288 ralf rka roq_dpcm s302m sbc sdx2_dpcm
            shorten sipr siren smackaudio smv sol_dpcm sonic sonicls speex tak truehd truespeech tta twinvq vmdaudio
            vorbis wavarc wavesynth wavpack westwood_snd1 wmalossless wmapro wmav1 wmav2 wmavoice xan_dpcm xma1 xma2
            """),
    ]

    private static func names(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    /// The name that an author means by `text`; nil when none is near.
    static func meant(by text: String, _ stream: Stream) -> String? {
        let known = known[stream] ?? []
        if let usual = usual(text, stream) { return usual }
        if known.contains(text.lowercased()) { return text.lowercased() }
        return Spelling.nearest(to: text.lowercased(), among: known)
    }

    /// FFmpeg's name for a name that people use; nil when they use it for no codec of `stream`.
    static func usual(_ text: String, _ stream: Stream) -> String? {
        usual[text.lowercased().filter { $0.isLetter || $0.isNumber }].flatMap {
            known[stream]?.contains($0) ?? false ? $0 : nil
        }
    }

    /// FFmpeg's names for the names that people use, which are written in small letters without punctuation.
    private static let usual = [
        "avc": "h264", "avc1": "h264", "h264avc": "h264", "mpeg4avc": "h264", "mpeg4part10": "h264", "x264": "h264",
        "libx264": "h264", "h264": "h264", "h265": "hevc", "x265": "hevc", "libx265": "hevc", "h265hevc": "hevc",
        "hvc1": "hevc",
        "hev1": "hevc", "h266": "vvc", "av01": "av1", "vp09": "vp9", "mpeg1": "mpeg1video", "mpeg2": "mpeg2video",
        "h262": "mpeg2video",
        "mpeg4part2": "mpeg4", "mp4v": "mpeg4", "xvid": "mpeg4", "divx": "mpeg4", "motionjpeg": "mjpeg",
        "mjpg": "mjpeg",
        "proresks": "prores", "prores422": "prores", "prores422hq": "prores", "prores4444": "prores",
        "appleprores": "prores",
        "dnxhr": "dnxhd", "wmv": "wmv3", "wmv9": "wmv3", "dv": "dvvideo", "aaclc": "aac", "heaac": "aac",
        "mpeg4aac": "aac",
        "mp4a": "aac", "ac3": "ac3", "dolbydigital": "ac3", "dolbydigitalplus": "eac3", "mpeglayer3": "mp3",
        "libmp3lame": "mp3",
        "wma": "wmav2", "pcm": "pcm_s16le", "wav": "pcm_s16le", "lpcm": "pcm_s16le", "pcm16": "pcm_s16le",
        "pcm24": "pcm_s24le", "dca": "dts", "amr": "amr_nb", "oggvorbis": "vorbis",
    ]
}

extension Notation<String> {
    /// The name of a codec as FFmpeg writes it. A file of `clipcheck.contest/1` may also have names that never occur.
    static func codec(_ stream: CodecName.Stream, in schema: Contest.Schema) -> Notation {
        let shape = LocalizedText(
            zh: "FFmpeg 的编码名称，如 h264、hevc、aac", en: "a codec name of FFmpeg's, like h264, hevc or aac")
        let known = CodecName.known[stream] ?? []
        return Notation(
            shape: shape,
            strict: { text in
                let isName = schema == .first ? text.wholeMatch(of: /[a-z0-9_.]{2,32}/) != nil : known.contains(text)
                return isName ? text : nil
            },
            usual: { _ in nil }, doubt: { doubt($0, stream) })
    }

    /// What is said of a name that is not FFmpeg's, or that is one of the other stream's.
    private static func doubt(_ text: String, _ stream: CodecName.Stream) -> LocalizedText? {
        let other = CodecName.known[stream == .video ? .audio : .video] ?? []
        // A usual name comes first: FFmpeg calls a forgotten codec of sound `avc`.
        if other.contains(text), CodecName.usual(text, stream) == nil {
            return stream == .video
                ? LocalizedText(zh: "是声音编码，应写在 audio 下", en: "is a codec of sound: it belongs under audio")
                : LocalizedText(zh: "是视频编码，应写在 video 下", en: "is a codec of video: it belongs under video")
        }
        return CodecName.meant(by: text, stream).map { name in
            LocalizedText(
                zh: "不是 FFmpeg 的编码名称，是否想写“\(name)”？", en: "is no codec name of FFmpeg's; did you mean \"\(name)\"?")
        }
    }
}
