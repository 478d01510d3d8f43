/**
 * The pipeline watched from outside: a reading of every part and job each few seconds, a record of each job each
 * minute, and what people and programs ask about both. It knows nothing of how the parts were started.
 */
package io.ag06.local.health;
