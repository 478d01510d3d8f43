package io.ag06.local.clickhouse;

/** Text put into SQL and XML so that it can't become anything else. */
final class SqlText {
    private SqlText() {}

    /** A string literal. */
    static String quote(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** An identifier in back quotes. */
    static String identifier(String name) {
        return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`";
    }

    /** Character data of an XML element. */
    static String escapeXml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
