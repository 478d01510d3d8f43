/**
 * Rows as bytes: ClickHouse's RowBinary format, and the rows that sources and operators hand to the sink. Plain Java; a
 * row is encoded once, where its values are at hand, and only copied after that.
 */
package io.ag06.pipeline.rowbinary;
