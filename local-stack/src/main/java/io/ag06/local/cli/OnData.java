package io.ag06.local.cli;

import picocli.CommandLine.Mixin;

/** A command that works on the stack in a data folder. */
abstract class OnData {
    @Mixin
    DataOption data = new DataOption();
}
