/** One record for each table that a job computes; a component's name in snake case is the column's. */
package io.ag06.pipeline.row;
