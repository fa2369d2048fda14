package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.table.Document;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of settings promises. */
public abstract class SettingsContract {
    private static final DocumentName NAME = new DocumentName("webhook", "one");
    private static final JsonText RED = new JsonText("{\"color\":\"red\"}");
    private static final JsonText BLUE = new JsonText("{\"color\":\"blue\"}");

    private StorageFixture fixture;

    /** A fixture over data of its own; the contract closes it. */
    protected abstract StorageFixture create();

    @BeforeEach
    void open() {
        fixture = create();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_document_is_found_as_it_was_put() {
        var put = settings().put(NAME, RED, Settings.ABSENT).orElseThrow();

        assertThat(put.content()).isEqualTo(RED);
        assertThat(put.updated()).isEqualTo(fixture.clock().instant());
        assertThat(settings().find(NAME)).contains(put);
        assertThat(settings().find(new DocumentName("webhook", "two"))).isEmpty();
        assertThat(settings().find(new DocumentName("schedule", "one"))).isEmpty();
    }

    @Test
    void a_change_gives_a_greater_version_and_moment() {
        var first = settings().put(NAME, RED, Settings.ABSENT).orElseThrow();
        fixture.clock().advance(Duration.ofSeconds(1));

        var second = settings().put(NAME, BLUE, first.version()).orElseThrow();

        assertThat(second.version()).isGreaterThan(first.version());
        assertThat(second.updated()).isAfter(first.updated());
        assertThat(settings().find(NAME).map(Document::content)).contains(BLUE);
    }

    @Test
    void a_change_of_another_version_has_no_effect() {
        var first = settings().put(NAME, RED, Settings.ABSENT).orElseThrow();
        settings().put(NAME, BLUE, first.version());

        assertThat(settings().put(NAME, RED, first.version())).isEmpty();
        assertThat(settings().put(NAME, RED, Settings.ABSENT)).isEmpty();
        assertThat(settings().put(new DocumentName("webhook", "two"), RED, 7)).isEmpty();
        assertThat(settings().find(NAME).map(Document::content)).contains(BLUE);
        assertThat(settings().list("webhook")).hasSize(1);
    }

    @Test
    void whatever_the_version_a_document_can_be_put() {
        assertThat(settings().put(NAME, RED, Settings.WHATEVER)).isPresent();
        assertThat(settings().put(NAME, BLUE, Settings.WHATEVER)).isPresent();
        assertThat(settings().find(NAME).map(Document::content)).contains(BLUE);
    }

    @Test
    void of_16_that_put_a_new_document_at_once_one_succeeds() {
        var put = AtOnce.run(16, number -> () -> settings().put(NAME, RED, Settings.ABSENT));

        assertThat(put.stream().filter(Optional::isPresent)).hasSize(1);
    }

    @Test
    void a_kind_is_listed_in_the_order_of_its_ids_bytes() {
        var ids = List.of("A", "a", "\uFFEE", "\uD83D\uDE00");
        ids.reversed().forEach(id -> settings().put(new DocumentName("alert", id), RED, Settings.ABSENT));
        settings().put(NAME, RED, Settings.ABSENT);

        assertThat(settings().list("alert").stream()
                        .map(document -> document.name().id()))
                .isEqualTo(ids);
        assertThat(settings().list("nothing")).isEmpty();
    }

    @Test
    void a_deleted_document_is_gone_and_may_come_again() {
        settings().put(NAME, RED, Settings.ABSENT);

        assertThat(settings().delete(NAME)).isTrue();
        assertThat(settings().delete(NAME)).isFalse();
        assertThat(settings().find(NAME)).isEmpty();
        assertThat(settings().put(NAME, BLUE, Settings.ABSENT)).isPresent();
    }

    @Test
    void a_document_of_a_unit_that_throws_was_never_put() {
        assertThatThrownBy(() -> fixture.engine().together(inner -> {
                    inner.tables().settings().put(NAME, RED, Settings.ABSENT);
                    assertThat(inner.tables().settings().find(NAME)).isPresent();
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(settings().find(NAME)).isEmpty();
    }

    private Settings settings() {
        return fixture.engine().tables().settings();
    }
}
