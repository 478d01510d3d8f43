package io.ag06.local;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.zip.ZipException;

/** Why a file can't be read or written, in words for a person who does not know Java. */
final class FileTrouble {
    private FileTrouble() {}

    static String words(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission is denied";
        }
        if (failure instanceof FileSystemException named && named.getReason() != null) {
            return begunSmall(named.getReason());
        }
        if (failure instanceof EOFException) {
            return "its compressed data end too early; it may have been cut off";
        }
        if (failure instanceof ZipException) {
            return "its compressed data are damaged (%s)".formatted(failure.getMessage());
        }
        if (failure instanceof CharacterCodingException) {
            return "it is not text in UTF-8";
        }
        return failure.getMessage() == null ? "of an unknown failure" : begunSmall(failure.getMessage());
    }

    private static String begunSmall(String words) {
        return words.isEmpty() ? words : words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }
}
