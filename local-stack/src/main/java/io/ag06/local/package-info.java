/** The whole stack on one machine, from real parts: start, run, query, stop. It may know everything of ours. */
package io.ag06.local;
