package io.triport.e2e;

import io.triport.domain.identity.Refusal;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.apikey.ApiKeyPlan;
import io.triport.identity.apikey.ApiKeySettings;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.identity.connection.EdgeRefusal;
import io.triport.identity.edge.ErrorShape;
import io.triport.identity.edge.Layer;
import io.triport.identity.hmac.HmacMechanism;
import io.triport.identity.hmac.HmacSettings;
import io.triport.identity.hmac.KeyRing;
import io.triport.identity.launch.App;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.StartMode;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.event.Level;

/** An app that has nothing but API keys, in the section {@code identity}. */
final class KeyedApp implements App {
    @Override
    public String name() {
        return "keyed";
    }

    @Override
    public int port() {
        return 0;
    }

    @Override
    public int managementPort() {
        return 0;
    }

    @Override
    public AppConfig read(Section triport, Sources sources, StartMode mode) {
        var keys = sources.root().named("identity", ApiKeySettings::read);
        var planned =
                keys.values().stream().<PlannedMechanism>map(ApiKeyPlan::new).collect(Collectors.toSet());
        // The routes of the proxy are on the class path of these tests too, and no app starts with one that nobody
        // judges.
        planned.add(HmacMechanism.planned(
                () -> new KeyRing.Named(Map.of()), new HmacSettings(HmacSettings.DEFAULT_WINDOW, "")));
        return new Config(planned);
    }

    private record Config(Set<PlannedMechanism> mechanisms) implements AppConfig {
        @Override
        public ByteSize maxBody() {
            return ByteSize.ofMiB(1);
        }

        @Override
        public Duration nonceWindow() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Duration nonceMemory() {
            return Duration.ofMinutes(3);
        }

        @Override
        public ErrorShape errors() {
            return new Wordless();
        }

        @Override
        public void adopt(AppConfig newer) {
            // Nothing here changes.
        }
    }

    private record Wordless() implements ErrorShape {
        private static final EdgeAnswer ANSWER = new EdgeAnswer(500, "text/plain", Bytes.EMPTY, Map.of());

        @Override
        public EdgeAnswer of(EdgeRefusal refusal) {
            return ANSWER;
        }

        @Override
        public EdgeAnswer of(Refusal refusal) {
            return ANSWER;
        }

        @Override
        public Failure of(RuntimeException failure) {
            return new Failure(ANSWER, Layer.REQUEST, Level.ERROR);
        }
    }
}
