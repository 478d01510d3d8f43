/** What is remembered of a series: of bounded size, to be saved and restored as one array of numbers. */
package io.ag06.analytics.scaling.memory;
