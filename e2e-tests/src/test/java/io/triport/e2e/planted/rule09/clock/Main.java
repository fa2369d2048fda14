package io.triport.e2e.planted.rule09.clock;

import java.nio.file.Path;

/** Allowed: a class with a main may name files. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.out.println(Path.of(arguments[0]));
    }
}
