package io.ag06.local.clickhouse;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** HTTP's own compression: {@code Content-Encoding} of requests, {@code Accept-Encoding} for answers. */
enum ContentCoding {
    IDENTITY("identity") {
        @Override
        InputStream decoding(InputStream in) {
            return in;
        }

        @Override
        OutputStream encoding(OutputStream out) {
            return out;
        }
    },
    ZSTD("zstd") {
        @Override
        InputStream decoding(InputStream in) throws IOException {
            return new ZstdInputStream(in);
        }

        @Override
        OutputStream encoding(OutputStream out) throws IOException {
            return new ZstdOutputStream(out);
        }
    },
    LZ4("lz4") {
        @Override
        InputStream decoding(InputStream in) throws IOException {
            return new LZ4FrameInputStream(in);
        }

        @Override
        OutputStream encoding(OutputStream out) throws IOException {
            return new LZ4FrameOutputStream(out);
        }
    },
    GZIP("gzip") {
        @Override
        InputStream decoding(InputStream in) throws IOException {
            // The JDK's stream may stop after the first of several members.
            return GzipCompressorInputStream.builder()
                    .setInputStream(in)
                    .setDecompressConcatenated(true)
                    .get();
        }

        @Override
        OutputStream encoding(OutputStream out) throws IOException {
            return new GZIPOutputStream(out, BUFFER_BYTES);
        }
    },
    DEFLATE("deflate") {
        @Override
        InputStream decoding(InputStream in) {
            return new InflaterInputStream(in);
        }

        @Override
        OutputStream encoding(OutputStream out) {
            return new DeflaterOutputStream(out);
        }
    };

    private static final int BUFFER_BYTES = 64 * 1024;

    private final String token;

    ContentCoding(String token) {
        this.token = token;
    }

    /** What HTTP calls it. */
    String token() {
        return token;
    }

    abstract InputStream decoding(InputStream in) throws IOException;

    /** Closing the result finishes the coding and closes the stream below. */
    abstract OutputStream encoding(OutputStream out) throws IOException;

    /**
     * The coding of a request.
     *
     * @param header the value of {@code Content-Encoding}; null where there is none
     * @throws EngineException for one that the endpoint doesn't know: the bytes are then never executed
     */
    static ContentCoding ofRequest(String header) throws EngineException {
        String name = header == null || header.isBlank() ? "identity" : header.strip();
        return named(name)
                .orElseThrow(() -> new EngineException(
                        EngineException.UNKNOWN_COMPRESSION_METHOD,
                        "Content-Encoding '" + name + "' is not known here; use gzip, deflate, lz4, zstd or none."
                                + " (UNKNOWN_COMPRESSION_METHOD)"));
    }

    /** The best coding that the client takes, in the order of this enum; identity where it takes none of ours. */
    static ContentCoding forAnswer(String acceptEncoding) {
        if (acceptEncoding == null) {
            return IDENTITY;
        }
        var accepted = new java.util.HashSet<ContentCoding>();
        for (String offer : acceptEncoding.split(",", -1)) {
            String[] parts = offer.split(";", 2);
            boolean refused = parts.length == 2 && parts[1].strip().matches("q=0(\\.0*)?");
            if (!refused) {
                named(parts[0].strip()).ifPresent(accepted::add);
            }
        }
        for (var coding : values()) {
            if (coding != IDENTITY && accepted.contains(coding)) {
                return coding;
            }
        }
        return IDENTITY;
    }

    private static Optional<ContentCoding> named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (var coding : values()) {
            if (coding.token.equals(lower) || (lower.equals("x-gzip") && coding == GZIP)) {
                return Optional.of(coding);
            }
        }
        return Optional.empty();
    }
}
