package io.triport.kv;

import io.triport.domain.time.Randomness;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import io.triport.identity.launch.App;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.StartMode;
import io.triport.kv.wire.ThisApp;
import java.io.PrintStream;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;

/** The KV proxy to the edge: its name, its ports, its settings. */
final class KvProxy implements App {
    static final String NAME = ThisApp.NAME;

    private static final int PORT = 8801;
    private static final int MANAGEMENT_PORT = 8811;
    private static final int SECRET_BYTES = 32;

    private final PrintStream out;

    KvProxy(PrintStream out) {
        this.out = out;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int port() {
        return PORT;
    }

    @Override
    public int managementPort() {
        return MANAGEMENT_PORT;
    }

    @Override
    public AppConfig read(Section triport, Sources sources, StartMode mode) {
        return KvProxyConfig.read(triport, sources, mode, Randomness.system());
    }

    /** {@code keygen hmac}: a fresh secret, and what to write where. */
    @Override
    public OptionalInt command(List<String> arguments) {
        if (!arguments.equals(List.of("keygen", "hmac"))) {
            return OptionalInt.empty();
        }
        var secret = freshSecret(Randomness.system());
        out.println("export PROD_APP_SECRET=" + secret);
        out.println("# and in the configuration: triport.kv.keys.prod-app.secrets: [\"${env:PROD_APP_SECRET}\"]");
        return OptionalInt.of(0);
    }

    static String freshSecret(Randomness randomness) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(randomness.bytes(SECRET_BYTES));
    }
}
