package io.ag06.local;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * A text file that is there as a whole or not at all: it is written beside its place, and moved there when all of it is
 * written. What was there before stays until then, and where writing fails or the process is ended. Compressed where
 * its name ends in {@code .gz}. What is no file (a pipe, a device) is written as it is.
 */
public final class OutputFile {
    private static final String COMPRESSED = ".gz";

    private final Path file;

    private OutputFile(Path file) {
        this.file = file;
    }

    /**
     * A file to be written later.
     *
     * @throws StackException if it is known by now that it can't be
     */
    public static OutputFile at(Path file) {
        if (Files.isDirectory(file)) {
            throw new StackException(file + " can't be written: it is a folder");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new StackException("%s can't be written: there is no folder %s".formatted(file, folder));
        }
        if (folder != null && isReplaced(file) && !Files.isWritable(folder)) {
            throw new StackException(
                    "%s can't be written: permission is denied for the folder %s".formatted(file, folder));
        }
        return new OutputFile(file);
    }

    private static boolean isReplaced(Path file) {
        return !Files.exists(file) || Files.isRegularFile(file);
    }

    /**
     * Writes it.
     *
     * @throws StackException if that fails; then nothing is left of it
     */
    public void write(String header, Stream<String> lines) {
        try {
            if (isReplaced(file)) {
                replace(header, lines);
            } else {
                put(Files.newOutputStream(file), header, lines);
            }
        } catch (IOException e) {
            throw new StackException("%s can't be written: %s".formatted(file, FileTrouble.words(e)), e);
        }
    }

    private void replace(String header, Stream<String> lines) throws IOException {
        // Through a link, so that it stays one.
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path draft = target.resolveSibling(".ag06-%s.tmp".formatted(UUID.randomUUID()));
        draft.toFile().deleteOnExit();
        try {
            put(Files.newOutputStream(draft, StandardOpenOption.CREATE_NEW), header, lines);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void put(OutputStream bytes, String header, Stream<String> lines) throws IOException {
        try (bytes;
                OutputStream text = file.toString().endsWith(COMPRESSED) ? new GZIPOutputStream(bytes) : bytes;
                Writer out = new BufferedWriter(new OutputStreamWriter(text, StandardCharsets.UTF_8))) {
            put(out, header, lines);
        }
    }

    /**
     * Writes to standard output instead, which stays open.
     *
     * @throws StackException if that fails
     */
    public static void writeTo(PrintStream standardOutput, String header, Stream<String> lines) {
        try {
            Writer out = new BufferedWriter(new OutputStreamWriter(standardOutput, StandardCharsets.UTF_8));
            put(out, header, lines);
            out.flush();
        } catch (IOException e) {
            throw new StackException("Standard output can't be written: " + FileTrouble.words(e), e);
        }
        if (standardOutput.checkError()) {
            throw new StackException("Standard output was closed or is full before all was written");
        }
    }

    private static void put(Writer out, String header, Stream<String> lines) throws IOException {
        out.write(header + "\n");
        for (String line : (Iterable<String>) lines::iterator) {
            out.write(line + "\n");
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
