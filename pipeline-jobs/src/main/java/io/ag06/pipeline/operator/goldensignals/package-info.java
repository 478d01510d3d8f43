/** Golden signals inside Flink: what is added up between two checkpoints. */
package io.ag06.pipeline.operator.goldensignals;
