// Images under the ML.NET slice: decoding and encoding by OpenCV, resampling by two short separable passes.
// Pixels are 4 bytes: blue, green, red, alpha (colours multiplied by alpha), rows without gaps.
// Every function may be called from several threads at once.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#define OI_API extern "C" __attribute__((visibility("default")))

namespace {

// Callers spread images over threads themselves; OpenCV has nothing to say on the console.
const bool configured = [] {
    cv::setNumThreads(1);
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    return true;
}();

// 16-bit channels keep their high byte.
cv::Mat HighBytes(const cv::Mat& image) {
    if (image.depth() != CV_16U) return image;
    cv::Mat result(image.size(), CV_8UC(image.channels()));
    const size_t values = image.total() * image.channels();
    const auto* from = image.ptr<uint16_t>();
    auto* to = result.ptr<uint8_t>();
    for (size_t i = 0; i < values; i++) to[i] = static_cast<uint8_t>(from[i] >> 8);
    return result;
}

// Multiplies colours by alpha; returns whether every pixel was opaque.
bool Premultiply(uint8_t* pixels, size_t count) {
    uint8_t all = 255;
    for (size_t i = 0; i < count; i++) all &= pixels[4 * i + 3];
    if (all == 255) return true;
    for (uint8_t* p = pixels; count > 0; count--, p += 4)
        for (int c = 0; c < 3; c++) p[c] = static_cast<uint8_t>((p[c] * p[3] + 127) / 255);
    return false;
}

typedef float Pixel __attribute__((vector_size(16)));
typedef uint8_t Bytes4 __attribute__((vector_size(4)));
typedef int32_t Ints4 __attribute__((vector_size(16)));

Pixel Load(const uint8_t* bytes) {
    Bytes4 value;
    std::memcpy(&value, bytes, sizeof value);
    return __builtin_convertvector(value, Pixel);
}

void Store(Pixel value, uint8_t* bytes) {
    // Cubic weights reach below zero, so sums can leave 0..255.
    const Pixel least = {}, most = least + 255.f;
    value = value < least ? least : value > most ? most : value;
    const Ints4 rounded = __builtin_convertvector(value + 0.5f, Ints4);
    const uint32_t pixel = rounded[0] | rounded[1] << 8 | rounded[2] << 16 | 0xFFu << 24;
    std::memcpy(bytes, &pixel, sizeof pixel);
}

// For one output coordinate: the source coordinates to read (clamped to the image) and their weights.
struct Taps {
    int at[4];
    float weight[4];
};

// Where `count` output samples, the first at `first` of `scaled`, fall in a source line of `size`.
std::vector<Taps> MakeTaps(int size, int scaled, int first, int count, bool cubic) {
    std::vector<Taps> taps(count);
    for (int i = 0; i < count; i++) {
        const double centre = (first + i + 0.5) * size / scaled - 0.5;
        const double floor = std::floor(centre);
        const float t = static_cast<float>(centre - floor), u = 1 - t;
        Taps& tap = taps[i];
        // Cubic: Mitchell and Netravali's filter, B = C = 1/3.
        if (cubic) {
            tap.weight[0] = (1 + t * (-9 + t * (15 - 7 * t))) / 18;
            tap.weight[1] = (16 + t * t * (-36 + 21 * t)) / 18;
            tap.weight[2] = (1 + t * (9 + t * (27 - 21 * t))) / 18;
            tap.weight[3] = (t * t * (-6 + 7 * t)) / 18;
        } else {
            tap.weight[0] = tap.weight[3] = 0;
            tap.weight[1] = u;
            tap.weight[2] = t;
        }
        for (int k = 0; k < 4; k++) tap.at[k] = std::clamp(static_cast<int>(floor) + k - 1, 0, size - 1);
    }
    return taps;
}

// One source row at the output's columns.
template <int First, int Last>
void ResampleRow(const uint8_t* row, const std::vector<Taps>& columns, Pixel* out) {
    for (const Taps& tap : columns) {
        Pixel sum = {};
        for (int k = First; k <= Last; k++) sum += Load(row + 4 * tap.at[k]) * tap.weight[k];
        *out++ = sum;
    }
}

// The part of `source`, scaled to scaledWidth x scaledHeight, that begins at (left, top) and has the size of `target`.
template <int First, int Last>
void Resample(const cv::Mat& source, int scaledWidth, int scaledHeight, int left, int top, cv::Mat target) {
    constexpr bool cubic = First == 0;
    const auto columns = MakeTaps(source.cols, scaledWidth, left, target.cols, cubic);
    const auto rows = MakeTaps(source.rows, scaledHeight, top, target.rows, cubic);
    // The rows resampled last: source row r lies in slot r % 4.
    std::vector<Pixel> lines(4 * static_cast<size_t>(target.cols));
    int held[4] = {-1, -1, -1, -1};
    for (int y = 0; y < target.rows; y++) {
        const Pixel* line[4];
        for (int k = First; k <= Last; k++) {
            const int row = rows[y].at[k], slot = row % 4;
            Pixel* to = lines.data() + static_cast<size_t>(slot) * target.cols;
            if (held[slot] != row) ResampleRow<First, Last>(source.ptr(row), columns, to);
            held[slot] = row;
            line[k] = to;
        }
        uint8_t* out = target.ptr(y);
        for (int x = 0; x < target.cols; x++, out += 4) {
            Pixel sum = {};
            for (int k = First; k <= Last; k++) sum += line[k][x] * rows[y].weight[k];
            Store(sum, out);
        }
    }
}

}  // namespace

// Decodes a whole file of a known size into `pixels`. `alpha`: whether the file's own alpha counts.
// Returns 1 for an opaque image, 0 for one with transparency, -1 for a file that cannot be decoded.
OI_API int oi_decode(const uint8_t* file, int64_t length, int alpha, int width, int height, uint8_t* pixels) try {
    if (length > INT32_MAX) return -1;
    const cv::Mat bytes(1, static_cast<int>(length), CV_8U, const_cast<uint8_t*>(file));
    const int mode = alpha ? cv::IMREAD_UNCHANGED : cv::IMREAD_COLOR | cv::IMREAD_IGNORE_ORIENTATION;
    const cv::Mat image = HighBytes(cv::imdecode(bytes, mode));
    if (image.cols != width || image.rows != height || image.depth() != CV_8U) return -1;
    cv::Mat result(height, width, CV_8UC4, pixels);
    switch (image.channels()) {
        case 1: cv::cvtColor(image, result, cv::COLOR_GRAY2BGRA); return 1;
        case 3: cv::cvtColor(image, result, cv::COLOR_BGR2BGRA); return 1;
        case 4: image.copyTo(result); return Premultiply(pixels, result.total());
        default: return -1;
    }
} catch (...) {
    return -1;
}

// Encodes pixels whose colours are not multiplied by alpha. `extension` as ".png"; `opaque`: leave alpha out.
// Returns the length of `file`, which the caller frees, or -1.
OI_API int64_t oi_encode(const uint8_t* pixels, int width, int height, int opaque, const char* extension, int quality, uint8_t** file) try {
    cv::Mat image(height, width, CV_8UC4, const_cast<uint8_t*>(pixels));
    if (opaque) {
        cv::Mat colours;
        cv::cvtColor(image, colours, cv::COLOR_BGRA2BGR);
        image = colours;
    }
    std::vector<uint8_t> bytes;
    // WebP counts above 100 as lossless, which full quality stands for here.
    const std::vector<int> options = {cv::IMWRITE_JPEG_QUALITY, quality, cv::IMWRITE_WEBP_QUALITY, quality + 1};
    if (!cv::imencode(extension, image, bytes, options)) return -1;
    *file = static_cast<uint8_t*>(std::malloc(bytes.size()));
    if (*file == nullptr) return -1;
    std::memcpy(*file, bytes.data(), bytes.size());
    return static_cast<int64_t>(bytes.size());
} catch (...) {
    return -1;
}

// Draws an image, scaled to scaledWidth x scaledHeight, with its upper left corner at (left, top) of an opaque black
// target; what falls outside is cut off, what is not covered stays as it is. Enlarging is bicubic (Mitchell); shrinking
// halves the image as often as it stays larger than the result, then is bilinear. Returns 0, or -1 out of memory.
OI_API int oi_draw_scaled(const uint8_t* pixels, int width, int height, int scaledWidth, int scaledHeight, int left, int top,
                          uint8_t* target, int targetWidth, int targetHeight) try {
    const cv::Rect canvas(0, 0, targetWidth, targetHeight);
    const cv::Rect seen = canvas & cv::Rect(left, top, scaledWidth, scaledHeight);
    if (seen.empty()) return 0;
    cv::Mat source(height, width, CV_8UC4, const_cast<uint8_t*>(pixels));
    const double scale = std::sqrt(static_cast<double>(scaledWidth) / width * scaledHeight / height);
    for (double rest = scale; rest <= 0.5 && source.cols > 1 && source.rows > 1; rest *= 2) {
        cv::Mat half;
        cv::resize(source, half, cv::Size(source.cols / 2, source.rows / 2), 0, 0, cv::INTER_AREA);
        source = half;
    }
    cv::Mat result = cv::Mat(targetHeight, targetWidth, CV_8UC4, target)(seen);
    const auto resample = scale > 1 ? Resample<0, 3> : Resample<1, 2>;
    resample(source, scaledWidth, scaledHeight, seen.x - left, seen.y - top, result);
    return 0;
} catch (...) {
    return -1;
}
