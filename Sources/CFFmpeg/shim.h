// What Swift cannot import from FFmpeg, and what differs between its versions. Nothing else: no decision is made here.
#pragma once

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/display.h>
#include <libavutil/log.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>

// Cast macros: Swift imports plain literals only.
static const int64_t cff_no_timestamp = AV_NOPTS_VALUE;
static const int64_t cff_ticks_per_second = AV_TIME_BASE;

// FourCC and negated-errno macros.
enum {
    cff_error_end_of_file = AVERROR_EOF,
    cff_error_again = AVERROR(EAGAIN),
    cff_error_stopped = AVERROR_EXIT,
    cff_error_invalid_data = AVERROR_INVALIDDATA,
    cff_error_no_memory = AVERROR(ENOMEM),
    cff_error_input_output = AVERROR(EIO),
    cff_error_not_permitted = AVERROR(EPERM),
};

// The display matrix (nine 32-bit integers) of a stream, or NULL. FFmpeg 6.1 moved it from the stream to its codec
// parameters.
static inline const int32_t *cff_display_matrix(const AVStream *stream) {
    const size_t whole = 9 * sizeof(int32_t);
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 31, 102)
    const AVPacketSideData *found = av_packet_side_data_get(
        stream->codecpar->coded_side_data, stream->codecpar->nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
    return found && found->size >= whole ? (const int32_t *)found->data : NULL;
#else
    size_t size = 0;
    const uint8_t *found = av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    return found && size >= whole ? (const int32_t *)found : NULL;
#endif
}

// Set on a context whose demuxer announces streams only while packets are read (mpeg-ts, mpeg-ps, flv).
static inline int cff_has_no_header(const AVFormatContext *context) {
    return (context->ctx_flags & AVFMTCTX_NOHEADER) != 0;
}

// The flags of a decoded picture. libavutil 58.7.100 (FFmpeg 6.1) moved them from fields of their own into `flags`.
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(58, 7, 100)
static inline int cff_is_keyframe(const AVFrame *frame) { return (frame->flags & AV_FRAME_FLAG_KEY) != 0; }
static inline int cff_is_interlaced(const AVFrame *frame) { return (frame->flags & AV_FRAME_FLAG_INTERLACED) != 0; }
static inline int cff_top_field_first(const AVFrame *frame) {
    return (frame->flags & AV_FRAME_FLAG_TOP_FIELD_FIRST) != 0;
}
#else
static inline int cff_is_keyframe(const AVFrame *frame) { return frame->key_frame != 0; }
static inline int cff_is_interlaced(const AVFrame *frame) { return frame->interlaced_frame != 0; }
static inline int cff_top_field_first(const AVFrame *frame) { return frame->top_field_first != 0; }
#endif

// How long a decoded picture or block of sound is shown, in ticks of its time base; 0: not known. libavutil 57.30.100
// (FFmpeg 6.0) renamed the field.
static inline int64_t cff_frame_duration(const AVFrame *frame) {
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(57, 30, 100)
    return frame->duration;
#else
    return frame->pkt_duration;
#endif
}

// The number of an unknown profile, which also ends a list of profiles. libavcodec 60.27.100 (FFmpeg 6.1) renamed the
// macro `FF_PROFILE_UNKNOWN`, and libavcodec 62 removed the old name.
enum { cff_profile_unknown = -99 };

// A parser for the codec, or NULL when there is none. FFmpeg 9 changed the argument's type from `int` to the enum.
static inline AVCodecParserContext *cff_parser_init(enum AVCodecID codec) { return av_parser_init(codec); }

// libswscale's scaler. FFmpeg 8 made `SwsContext` a complete struct, which Swift imports as another pointer type, and
// its flags an enum. `cff_scaler` stays incomplete: Swift sees an `OpaquePointer` in every version.
typedef struct cff_scaler cff_scaler;

static const int cff_scale_point = SWS_POINT;
static const int cff_scale_bilinear = SWS_BILINEAR;
static const int cff_scale_area = SWS_AREA;

// A scaler for these sizes, formats and flags: `old` itself where it fits, otherwise a new one, and `old` is freed.
// NULL when libswscale cannot convert between the formats; `old` is freed in that case, too.
// Source: sws_getCachedContext().
static inline cff_scaler *cff_scaler_cached(
    cff_scaler *old, int width, int height, enum AVPixelFormat format, int to_width, int to_height,
    enum AVPixelFormat to_format, int flags) {
    return (cff_scaler *)sws_getCachedContext(
        (struct SwsContext *)old, width, height, format, to_width, to_height, to_format, flags, NULL, NULL, NULL);
}

// Frees the scaler; NULL is allowed.
static inline void cff_scaler_free(cff_scaler *scaler) { sws_freeContext((struct SwsContext *)scaler); }

// Scales `height` lines from line `from` on; the number of lines written, or a negative error. Source: sws_scale().
static inline int cff_scaler_scale(
    cff_scaler *scaler, const uint8_t *const planes[], const int strides[], int from, int height,
    uint8_t *const to_planes[], const int to_strides[]) {
    return sws_scale((struct SwsContext *)scaler, planes, strides, from, height, to_planes, to_strides);
}

// Sets the sample range (0: 16 to 235, 1: 0 to 255) and the matrix (a number of AVColorSpace; an unknown number counts
// as BT.601) of both sides. A negative result: these formats have no such settings. A new scaler has libswscale's
// defaults, so callers set this after each cff_scaler_cached(). Source: sws_setColorspaceDetails().
static inline int cff_scaler_set_colorspace(
    cff_scaler *scaler, int range, int matrix, int to_range, int to_matrix) {
    const int plain = 1 << 16;
    return sws_setColorspaceDetails(
        (struct SwsContext *)scaler, sws_getCoefficients(matrix), range, sws_getCoefficients(to_matrix), to_range, 0,
        plain, plain);
}
