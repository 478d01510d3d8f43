/**
 * What is measured in sound: levels, clipping, stereo correlation and spectrum of 100 ms of a stream. Samples are
 * scaled to -1..1; dBFS is relative to a full-scale square wave, so that a full-scale sine has an RMS of -3.01 dBFS.
 */
package io.ag06.analytics.audio;
