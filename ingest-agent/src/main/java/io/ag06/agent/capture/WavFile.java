package io.ag06.agent.capture;

import io.ag06.analytics.audio.SampleFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The sound of one WAV file, read through a buffer from its beginning to its end. */
final class WavFile implements SampleStream {
    private static final int BUFFERED_BLOCKS = 8_192;

    private final Path file;
    private final SeekableByteChannel channel;
    private final WavHeader header;
    private final ByteBuffer buffer;
    private long samplesRead;

    private WavFile(Path file, SeekableByteChannel channel, WavHeader header, int bufferedBlocks) {
        this.file = file;
        this.channel = channel;
        this.header = header;
        this.buffer = header.format().buffer(bufferedBlocks).limit(0);
    }

    /**
     * Opens a file and reads its header.
     *
     * @throws SoundFileException if there is no such file, or it is no WAV file of a supported format
     */
    static WavFile open(Path file) throws IOException {
        return open(file, BUFFERED_BLOCKS);
    }

    static WavFile open(Path file, int bufferedBlocks) throws IOException {
        if (Files.isDirectory(file)) {
            throw new SoundFileException(file, "a directory, expected a WAV file");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new SoundFileException(file, "no regular file, expected a WAV file");
        }
        SeekableByteChannel channel;
        try {
            channel = Files.newByteChannel(file);
        } catch (NoSuchFileException e) {
            throw new SoundFileException(file, "there is no such file");
        } catch (AccessDeniedException e) {
            throw new SoundFileException(file, "it may not be read (permission denied)");
        }
        try {
            WavHeader header = WavHeader.read(file, channel);
            channel.position(header.dataPosition());
            return new WavFile(file, channel, header, bufferedBlocks);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    WavHeader header() {
        return header;
    }

    @Override
    public int sampleRateHz() {
        return header.format().sampleRateHz();
    }

    @Override
    public int channelCount() {
        return header.format().channelCount();
    }

    @Override
    public SampleFormat format() {
        return header.format().samples();
    }

    @Override
    public int read(double[][] into, int offset, int count) throws IOException {
        if (samplesRead == header.samplesPerChannel()) {
            return -1;
        }
        if (!buffer.hasRemaining()) {
            fill();
        }
        WavFormat format = header.format();
        int samples = Math.min(count, buffer.remaining() / format.blockBytes());
        for (int i = 0; i < samples; i++) {
            for (int c = 0; c < into.length; c++) {
                into[c][offset + i] = finite(format.sample(buffer, buffer.position() + c * format.bytesPerSample()), i);
            }
            buffer.position(buffer.position() + format.blockBytes());
        }
        samplesRead += samples;
        return samples;
    }

    /** Reads the next whole blocks. */
    private void fill() throws IOException {
        int blockBytes = header.format().blockBytes();
        long left = (header.samplesPerChannel() - samplesRead) * blockBytes;
        buffer.clear().limit((int) Math.min(buffer.capacity(), left));
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // A channel may give fewer bytes than asked for.
        }
        if (buffer.hasRemaining()) {
            throw new SoundFileException(
                    file,
                    "truncated while it was read: it ends at byte %d, expected %d more bytes of sound"
                            .formatted(channel.position(), left - buffer.position()));
        }
        buffer.flip();
    }

    private double finite(double sample, int ahead) throws SoundFileException {
        if (!Double.isFinite(sample)) {
            throw new SoundFileException(
                    file,
                    "sample %d is %s, expected a finite number"
                            .formatted(samplesRead + ahead, Double.toString(sample)));
        }
        return sample;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
