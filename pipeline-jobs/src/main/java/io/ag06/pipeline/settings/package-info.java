/** What can be set, read once, typed and closed: an unknown key or a wrong value stops the program in one message. */
package io.ag06.pipeline.settings;
