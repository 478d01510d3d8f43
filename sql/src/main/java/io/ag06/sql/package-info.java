/**
 * The tables of the product: their names and, in the resources, their only definitions. It knows nothing else of ours.
 */
package io.ag06.sql;
