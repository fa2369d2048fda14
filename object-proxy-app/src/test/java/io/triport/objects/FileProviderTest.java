package io.triport.objects;

import io.triport.objects.config.Provider;
import java.util.Map;

final class FileProviderTest extends ProviderContract {
    private static final String DOCUMENT =
            "{\"buckets\": [" + BETA + "," + ALPHA + "], \"credentials\": [" + APP + "], \"roles\": [" + READER + "]}";
    private static final String RING = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private final Provider provider = ProxyUnderTest.read(
                    "", Map.of("PROXY_CONFIG", DOCUMENT, "SESSION_TOKEN_KEY", RING))
            .providers();

    @Override
    Provider provider() {
        return provider;
    }
}
