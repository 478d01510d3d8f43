/** What the scaling job does with load: adds it up by minute, and announces what each minute's end says. */
package io.ag06.pipeline.operator.scaling;
