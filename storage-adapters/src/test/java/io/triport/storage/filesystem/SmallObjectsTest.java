package io.triport.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.object.Conditions;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.Versioning;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SmallObjectsTest {
    private static final ObjectKey KEY = ObjectKey.of("key");
    private static final int MOST = ObjectDirectory.SMALL_BYTES;

    private final DirectoryFixture fixture = new DirectoryFixture(MOST);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void an_object_of_16_kib_has_no_file_and_one_of_a_byte_more_has_one() throws IOException {
        put(MOST);
        assertThat(files()).isZero();

        put(MOST + 1);
        assertThat(files()).isEqualTo(1);

        put(0);
        assertThat(files()).isZero();
        assertThat(size()).isZero();
    }

    @Test
    void the_bytes_of_a_small_object_go_with_its_row() {
        put(10);
        put(20);
        assertThat(fixture.smallRows()).isEqualTo(1);

        store().delete(List.of(ObjectRef.current(KEY)), Conditions.NONE);
        assertThat(fixture.smallRows()).isZero();
    }

    @Test
    void small_objects_are_there_when_the_directory_is_opened_again() {
        put(1_000);

        fixture.reopen();

        assertThat(size()).isEqualTo(1_000);
    }

    private void put(int size) {
        store().put(KEY, Content.of(Bytes.copyOf(new byte[size])), WriteOptions.PLAIN);
    }

    private long size() {
        return store().get(ObjectRef.current(KEY), ReadOptions.WHOLE) instanceof GetOutcome.Found found
                ? found.info().size()
                : -1;
    }

    private long files() throws IOException {
        try (var all = Files.walk(fixture.root().resolve("data"))) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    private ObjectStore store() {
        return fixture.store(Versioning.OFF);
    }
}
