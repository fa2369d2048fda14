package io.triport.gateway;

import io.triport.identity.launch.Launch;
import java.util.List;

/** The gateway as a program. */
public final class Application {
    private Application() {}

    public static void main(String[] arguments) {
        System.exit(new Launch(new Gateway(), System.getenv(), System.out, System.err).run(List.of(arguments)));
    }
}
