package io.triport.kv;

import io.triport.identity.launch.Launch;
import java.util.List;

/** The KV proxy as a program. */
public final class Application {
    private Application() {}

    public static void main(String[] arguments) {
        System.exit(
                new Launch(new KvProxy(System.out), System.getenv(), System.out, System.err).run(List.of(arguments)));
    }
}
