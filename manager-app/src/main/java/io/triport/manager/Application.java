package io.triport.manager;

import io.triport.identity.launch.Launch;
import java.util.List;

/** The manager as a program. */
public final class Application {
    private Application() {}

    public static void main(String[] arguments) {
        System.exit(new Launch(new Manager(), System.getenv(), System.out, System.err).run(List.of(arguments)));
    }
}
