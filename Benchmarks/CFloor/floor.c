#include "CFloor.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <time.h>

static AVFormatContext *open_file(const char *path) {
    av_log_set_level(AV_LOG_QUIET);
    AVFormatContext *format = NULL;
    return avformat_open_input(&format, path, NULL, NULL) < 0 ? NULL : format;
}

static int parse(const AVStream *stream, const AVPacket *packet) {
    AVCodecContext *codec = avcodec_alloc_context3(NULL);
    AVCodecParserContext *parser = av_parser_init(stream->codecpar->codec_id);
    int width = stream->codecpar->width;
    if (codec && parser && avcodec_parameters_to_context(codec, stream->codecpar) >= 0) {
        uint8_t *output;
        int size;
        parser->flags |= PARSER_FLAG_COMPLETE_FRAMES;
        av_parser_parse2(parser, codec, &output, &size, packet->data, packet->size, packet->pts, packet->dts, packet->pos);
        if (codec->width > 0) width = codec->width;
    }
    av_parser_close(parser);
    avcodec_free_context(&codec);
    return width;
}

int floor_header(const char *path) {
    AVFormatContext *format = open_file(path);
    if (!format) return -1;
    int width = -1;
    const int video = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, NULL, 0);
    AVPacket *packet = av_packet_alloc();
    while (video >= 0 && width < 0 && av_read_frame(format, packet) >= 0) {
        if (packet->stream_index == video) width = parse(format->streams[video], packet);
        av_packet_unref(packet);
    }
    av_packet_free(&packet);
    avformat_close_input(&format);
    return width;
}

long floor_walk(const char *path) {
    AVFormatContext *format = open_file(path);
    if (!format) return -1;
    long packets = 0;
    AVPacket *packet = av_packet_alloc();
    while (av_read_frame(format, packet) >= 0) {
        packets++;
        av_packet_unref(packet);
    }
    av_packet_free(&packet);
    avformat_close_input(&format);
    return packets;
}

double floor_thread_microseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}
