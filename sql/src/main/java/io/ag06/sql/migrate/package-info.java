/** Brings a ClickHouse database to the shape that the migrations describe; the only way in which tables come to be. */
package io.ag06.sql.migrate;
