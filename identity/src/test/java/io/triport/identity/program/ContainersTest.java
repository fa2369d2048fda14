package io.triport.identity.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.Scheduled;
import io.triport.domain.storage.Storage;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ContainersTest {
    private static final NamespaceTitle PARCELS = new NamespaceTitle("PARCELS");
    private static final NamespaceTitle LETTERS = new NamespaceTitle("LETTERS");

    private final SettableClock clock = SettableClock.anywhere();
    private final FakeStorageEngine engine = new FakeStorageEngine(clock);
    private final Storage storage = new Storage(engine, clock, new SettableTicker(), new RecordingStorageLog());
    private final Containers containers = new Containers(Set.of(PARCELS, LETTERS), Set.of());

    @Test
    void what_is_not_there_is_made() {
        make();

        assertThat(engine.resources().namespaces()).extracting(Namespace::title).containsExactly(LETTERS, PARCELS);
    }

    @Test
    void what_is_there_stays_what_it_is() {
        var before = engine.resources().create(PARCELS);

        make();
        make();

        assertThat(engine.resources().find(PARCELS)).contains(before);
        assertThat(engine.resources().namespaces()).hasSize(2);
    }

    private void make() {
        var now = clock.instant();
        var id = RequestId.fresh(new SeededRandomness(7));
        var due = new Scheduled(id, now, ProgramTask.CONTAINERS.taskName(), now, 1);
        try (var grant = new TestGrants(clock).ofEverything()) {
            containers.on(due, grant, storage);
        }
    }
}
