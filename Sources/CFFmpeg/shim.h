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
