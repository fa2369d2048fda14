package io.triport.identity.launch;

import io.triport.domain.identity.Refusal;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.identity.connection.EdgeRefusal;
import io.triport.identity.edge.ErrorShape;
import io.triport.identity.edge.Layer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.slf4j.event.Level;

/** An app with no mechanism of its own and no words for errors. */
final class TestApp implements App {
    @Override
    public String name() {
        return "test";
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
        return new Config();
    }

    private static final class Config implements AppConfig {
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
        public Set<PlannedMechanism> mechanisms() {
            return Set.of();
        }

        @Override
        public void adopt(AppConfig newer) {
            // Nothing here changes.
        }
    }

    private static final class Wordless implements ErrorShape {
        private static final EdgeAnswer ANSWER = new EdgeAnswer(500, "text/plain", Bytes.EMPTY, Map.of());

        @Override
        public EdgeAnswer of(EdgeRefusal refusal) {
            return new EdgeAnswer(refusal.status(), "text/plain", Bytes.EMPTY, Map.of());
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
