package io.triport.objects;

import io.triport.identity.launch.Launch;
import java.util.List;

/** The object proxy as a program. */
public final class Application {
    private Application() {}

    public static void main(String[] arguments) {
        System.exit(new Launch(new ObjectProxy(), System.getenv(), System.out, System.err).run(List.of(arguments)));
    }
}
