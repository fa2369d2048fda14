package io.triport.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** The folders and jars of the class path that hold a class. */
final class Homes {
    private static final String JAR = "jar:";
    private static final String INSIDE = "!/";

    private Homes() {}

    static List<String> of(String resource) {
        try {
            return Collections.list(Homes.class.getClassLoader().getResources(resource)).stream()
                    .map(URL::toString)
                    .map(url -> url.substring(0, url.length() - resource.length()))
                    .distinct()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is one, or copies of one jar: an app's jar brings its libraries along in a folder of its own. */
    static boolean same(List<String> homes) {
        return !homes.isEmpty()
                && homes.stream().allMatch(home -> home.equals(homes.getFirst()) || copies(home, homes.getFirst()));
    }

    private static boolean copies(String one, String other) {
        try {
            return one.startsWith(JAR) && other.startsWith(JAR) && Files.mismatch(file(one), file(other)) < 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(String jar) {
        return Path.of(URI.create(jar.substring(JAR.length(), jar.length() - INSIDE.length())));
    }
}
