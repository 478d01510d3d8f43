package io.ag06.local.clickhouse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Attributes;
import org.eclipse.jetty.util.Fields;

/** A request whose parameters, and the query itself, are parts of a {@code multipart/form-data} body. */
final class FormFields {
    private static final int MOST_PARTS = 1000;
    private static final int MOST_BYTES = 16 << 20;

    private FormFields() {}

    static boolean isForm(String contentType) {
        return contentType != null && contentType.regionMatches(true, 0, "multipart/form-data", 0, 19);
    }

    /** The URL's fields and the form's, which win. A file part would be an external table, which isn't served. */
    static Fields merged(Fields url, String contentType, Spool body) throws EngineException, IOException {
        var config = new MultiPartConfig.Builder()
                .maxParts(MOST_PARTS)
                .maxSize(MOST_BYTES)
                .maxPartSize(MOST_BYTES)
                .maxMemoryPartSize(MOST_BYTES)
                .useFilesForPartsWithoutFileName(false)
                .build();
        var merged = new Fields(true);
        url.forEach(merged::put);
        try (var parts = MultiPartFormData.getParts(
                Content.Source.from(body.read(0)), new Attributes.Mapped(), contentType, config)) {
            for (var part : parts) {
                if (part.getFileName() != null) {
                    throw new EngineException(
                            EngineException.NOT_IMPLEMENTED,
                            "External tables (the form's file '" + part.getFileName()
                                    + "') are not served. Insert the rows into a table. (NOT_IMPLEMENTED)");
                }
                merged.put(part.getName(), part.getContentAsString(StandardCharsets.UTF_8));
            }
        } catch (RuntimeException e) {
            throw new EngineException(
                    EngineException.BAD_ARGUMENTS,
                    "The body is no multipart/form-data: " + e.getMessage() + ". (BAD_ARGUMENTS)",
                    e);
        }
        return merged;
    }
}
