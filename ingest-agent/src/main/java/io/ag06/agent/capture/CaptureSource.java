package io.ag06.agent.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Where the sound comes from, as {@code --source} names it. */
public sealed interface CaptureSource {
    /** What {@code --source} takes. */
    String SYNTAX = "wav:FILE[,FILE]..., live[:MIXER] or synthetic[:SEED]";

    /**
     * Reads the value of {@code --source}.
     *
     * @throws IllegalArgumentException if it names no source; the message says what is allowed
     */
    static CaptureSource parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        String rest = colon < 0 ? "" : text.substring(colon + 1);
        return switch (kind) {
            case "wav" -> {
                if (rest.isEmpty()) {
                    throw new IllegalArgumentException("--source '" + text + "' names no file, expected " + SYNTAX);
                }
                yield new WavFiles(Arrays.stream(rest.split(",", -1))
                        .map(name -> file(name, text))
                        .toList());
            }
            case "live" -> new Live(rest.isEmpty() ? Optional.empty() : Optional.of(rest));
            case "synthetic" -> new Synthetic(rest.isEmpty() ? Synthetic.DEFAULT_SEED : seed(rest, text));
            default -> throw new IllegalArgumentException("--source is '" + text + "', expected " + SYNTAX);
        };
    }

    private static Path file(String name, String text) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("--source '" + text + "' has an empty file name, expected " + SYNTAX);
        }
        return Path.of(name);
    }

    private static long seed(String seed, String text) {
        try {
            return Long.parseLong(seed);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "--source '" + text + "' has the seed '" + seed + "', expected a whole number", e);
        }
    }

    /**
     * Opens the source. Frames come when the result is pulled.
     *
     * @param settings how to capture
     * @param clock the time by which frames are paced and dated
     * @param streamIds gives each stream an id that no other has
     * @throws SoundFileException if a sound file can't be used
     * @throws IllegalArgumentException if settings and source don't go together
     */
    FrameSource open(CaptureSettings settings, CaptureClock clock, Supplier<String> streamIds) throws IOException;

    /**
     * Sound files that play in turn as one stream and, at real time or up to a number of frames, over and over.
     *
     * @param files at least one
     */
    record WavFiles(List<Path> files) implements CaptureSource {
        public WavFiles {
            files = List.copyOf(files);
            if (files.isEmpty()) {
                throw new IllegalArgumentException("No sound file is named");
            }
        }

        @Override
        public FrameSource open(CaptureSettings settings, CaptureClock clock, Supplier<String> streamIds)
                throws IOException {
            boolean once = settings.pace() == CaptureSettings.Pace.FAST
                    && settings.frames().isEmpty();
            WavPlaylist sound = WavPlaylist.open(files, !once);
            return new PlayedSource(
                    sound,
                    streamIds.get(),
                    settings,
                    once ? OptionalLong.of(sound.samplesPerRound()) : settings.samples(sound.sampleRateHz()),
                    clock);
        }
    }

    /**
     * The built-in programme.
     *
     * @param seed the same seed gives the same sound
     */
    record Synthetic(long seed) implements CaptureSource {
        static final long DEFAULT_SEED = 6;

        @Override
        public FrameSource open(CaptureSettings settings, CaptureClock clock, Supplier<String> streamIds) {
            if (settings.pace() == CaptureSettings.Pace.FAST
                    && settings.frames().isEmpty()) {
                throw new IllegalArgumentException(
                        "The synthetic programme has no end: to play it fast, say how long it is to be");
            }
            var sound = new SyntheticProgramme(seed);
            return new PlayedSource(sound, streamIds.get(), settings, settings.samples(sound.sampleRateHz()), clock);
        }
    }

    /**
     * A line of the machine.
     *
     * @param mixer part of its name; empty: an AG06 if there is one, else the machine's default line
     */
    record Live(Optional<String> mixer) implements CaptureSource {
        @Override
        public FrameSource open(CaptureSettings settings, CaptureClock clock, Supplier<String> streamIds) {
            if (settings.pace() == CaptureSettings.Pace.FAST) {
                throw new IllegalArgumentException("A live line can't be played fast: leave out --fast");
            }
            return new LiveSource(new JavaSoundLines(), mixer, settings, clock, streamIds);
        }
    }
}
