/** Sound that is captured for real, in stories: a sound server of their own stands in for the mixer. */
package io.ag06.local.capture;
