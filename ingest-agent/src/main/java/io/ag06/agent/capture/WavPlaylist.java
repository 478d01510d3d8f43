package io.ag06.agent.capture;

import io.ag06.analytics.audio.SampleFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Files that play in turn as one stream, once or over and over. One file is open at a time. */
final class WavPlaylist implements SampleStream {
    private final List<Path> files;
    private final boolean repeating;
    private final long samplesPerRound;
    private int playing;
    private WavFile file;

    private WavPlaylist(List<Path> files, boolean repeating, long samplesPerRound, WavFile first) {
        this.files = files;
        this.repeating = repeating;
        this.samplesPerRound = samplesPerRound;
        this.file = first;
    }

    /**
     * Opens the first file, after looking at the headers of all.
     *
     * @param files at least one
     * @param repeating whether the first one follows the last one
     * @throws SoundFileException if one can't be used, or differs from the first in rate or channels
     */
    static WavPlaylist open(List<Path> files, boolean repeating) throws IOException {
        WavFormat first = null;
        long samples = 0;
        for (Path path : files) {
            try (WavFile file = WavFile.open(path)) {
                WavFormat format = file.header().format();
                first = first == null ? format : first;
                requireSame(first, format, path, files.get(0));
                samples += file.header().samplesPerChannel();
            }
        }
        return new WavPlaylist(List.copyOf(files), repeating, samples, WavFile.open(files.get(0)));
    }

    private static void requireSame(WavFormat first, WavFormat format, Path path, Path firstPath)
            throws SoundFileException {
        if (format.sampleRateHz() != first.sampleRateHz() || format.channelCount() != first.channelCount()) {
            throw new SoundFileException(
                    path,
                    "%s, expected %s as in %s, since files that play as one stream are not resampled"
                            .formatted(format.describe(), first.describe(), firstPath));
        }
    }

    /** Samples per channel of all files together. */
    long samplesPerRound() {
        return samplesPerRound;
    }

    @Override
    public int sampleRateHz() {
        return file.sampleRateHz();
    }

    @Override
    public int channelCount() {
        return file.channelCount();
    }

    @Override
    public SampleFormat format() {
        return file.format();
    }

    @Override
    public int read(double[][] into, int offset, int count) throws IOException {
        int samples = file.read(into, offset, count);
        while (samples < 0) {
            if (!repeating && playing == files.size() - 1) {
                return -1;
            }
            next();
            samples = file.read(into, offset, count);
        }
        return samples;
    }

    private void next() throws IOException {
        int rate = sampleRateHz();
        int channels = channelCount();
        file.close();
        playing = (playing + 1) % files.size();
        file = WavFile.open(files.get(playing));
        if (file.sampleRateHz() != rate || file.channelCount() != channels) {
            throw new SoundFileException(
                    files.get(playing),
                    "it changed to %s while it was played"
                            .formatted(file.header().format().describe()));
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
