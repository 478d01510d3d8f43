/**
 * What could not be taken in: records in {@code dead_letters} and blocks in {@code rejected_blocks}; to be looked at
 * and sent again, each once.
 */
package io.ag06.local.deadletters;
