// The floor for the cost of an upload: a server in C that receives a raw body into a file, digests it on the way, reads its
// header with libav in a child process, answers, and removes the file. One connection at a time; no defence of any kind.
//
// usage: upload FOLDER; prints the port that it listens on.
// build: gcc -O2 -o upload upload.c $(pkg-config --cflags --libs libavformat libavutil libcrypto)
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <libavformat/avformat.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static char buffer[256 << 10];
static char path[4096];

// Reads streams without decoding a frame, as the probe of a service does.
static double probe(void) {
    AVFormatContext *format = NULL;
    AVDictionary *options[16] = {0};
    if (avformat_open_input(&format, path, NULL, NULL) < 0) return -1;
    for (unsigned index = 0; index < 16; index++) av_dict_set(&options[index], "skip_frame", "all", 0);
    avformat_find_stream_info(format, format->nb_streams > 0 && format->nb_streams <= 16 ? options : NULL);
    return (double)format->duration / AV_TIME_BASE;
}

// Runs the probe in a child and returns the duration that it found, in seconds.
static double probe_in_child(void) {
    int ends[2];
    double duration = -1;
    if (pipe(ends) != 0) exit(1);
    if (fork() == 0) {
        duration = probe();
        _exit(write(ends[1], &duration, sizeof duration) != sizeof duration);
    }
    close(ends[1]);
    if (read(ends[0], &duration, sizeof duration) != sizeof duration) duration = -1;
    close(ends[0]);
    wait(NULL);
    return duration;
}

static void keep(int file, EVP_MD_CTX *digest, const char *bytes, size_t count) {
    EVP_DigestUpdate(digest, bytes, count);
    if (write(file, bytes, count) != (ssize_t)count) exit(1);
}

// Reads a request's head; returns where the body begins in the buffer, 0 at the end of the connection.
static size_t head(int client, size_t *held, long *length) {
    *held = 0;
    for (;;) {
        const ssize_t count = recv(client, buffer + *held, sizeof buffer - 1 - *held, 0);
        if (count <= 0) return 0;
        *held += (size_t)count;
        buffer[*held] = 0;
        const char *end = strstr(buffer, "\r\n\r\n");
        const char *field = strcasestr(buffer, "content-length:");
        if (!end || !field) continue;
        *length = atol(field + 15);
        return (size_t)(end + 4 - buffer);
    }
}

static int answer(int client, EVP_MD_CTX *digest) {
    size_t held;
    long left;
    const size_t start = head(client, &held, &left);
    if (start == 0) return 0;
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    EVP_DigestInit_ex(digest, EVP_sha256(), NULL);
    keep(file, digest, buffer + start, held - start);
    left -= (long)(held - start);
    while (left > 0) {
        const ssize_t count = recv(client, buffer, left < (long)sizeof buffer ? (size_t)left : sizeof buffer, 0);
        if (count <= 0) exit(1);
        keep(file, digest, buffer, (size_t)count);
        left -= count;
    }
    close(file);
    unsigned char sum[32];
    EVP_DigestFinal_ex(digest, sum, NULL);
    char body[256], text[512];
    int size = snprintf(body, sizeof body, "{\"duration\":%.3f,\"sha256\":\"", probe_in_child());
    for (int index = 0; index < 32; index++) size += snprintf(body + size, sizeof body - (size_t)size, "%02x", sum[index]);
    size += snprintf(body + size, sizeof body - (size_t)size, "\"}");
    unlink(path);
    const int total = snprintf(text, sizeof text, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", size, body);
    return send(client, text, (size_t)total, 0) == total;
}

int main(int count, char **words) {
    if (count != 2) return 2;
    snprintf(path, sizeof path, "%s/part", words[1]);
    av_log_set_level(AV_LOG_QUIET);
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    if (bind(listener, (struct sockaddr *)&address, size) != 0 || listen(listener, 8) != 0) return 1;
    getsockname(listener, (struct sockaddr *)&address, &size);
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    for (;;) {
        const int client = accept(listener, NULL, NULL);
        while (client >= 0 && answer(client, digest)) continue;
        close(client);
    }
}
