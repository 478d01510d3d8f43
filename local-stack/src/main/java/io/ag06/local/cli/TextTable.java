package io.ag06.local.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns as wide as what is in them; the first is for names, the others for numbers, unless said otherwise. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final int columnsOfText;

    /** @param columnsOfText how many columns, from the left, are text; the others are numbers */
    TextTable(int columnsOfText) {
        this.columnsOfText = columnsOfText;
    }

    TextTable row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Lines, each with its end. What is marked with {@code *} at its beginning is shown as wrong. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column], plain(row.get(column)).length());
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = plain(row.get(column));
                String padding = " ".repeat(widths[column] - cell.length());
                String shown = isWrong(row.get(column)) ? "@|bold,red " + cell + "|@" : cell;
                line.append(column == 0 ? "" : GAP).append(column < columnsOfText ? shown + padding : padding + shown);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** The cell, marked as wrong. */
    static String wrong(String cell) {
        return "*" + cell;
    }

    private static boolean isWrong(String cell) {
        return cell.startsWith("*");
    }

    private static String plain(String cell) {
        return isWrong(cell) ? cell.substring(1) : cell;
    }
}
