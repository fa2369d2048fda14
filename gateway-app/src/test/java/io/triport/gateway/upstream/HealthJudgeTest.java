package io.triport.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class HealthJudgeTest {
    private final HealthJudge judge = new HealthJudge(3, 2);

    @Test
    void a_target_is_healthy_until_three_checks_in_a_row_fail() {
        assertThat(judge.failed()).isFalse();
        assertThat(judge.failed()).isFalse();
        assertThat(judge.healthy()).isTrue();

        assertThat(judge.failed()).isTrue();

        assertThat(judge.healthy()).isFalse();
        assertThat(judge.failed()).isFalse();
    }

    @Test
    void a_passed_check_ends_the_row() {
        judge.failed();
        judge.failed();
        judge.passed();
        judge.failed();
        judge.failed();

        assertThat(judge.healthy()).isTrue();
    }

    @Test
    void it_is_healthy_again_after_two_passed_checks_in_a_row() {
        judge.failed();
        judge.failed();
        judge.failed();
        judge.passed();
        judge.failed();
        assertThat(judge.passed()).isFalse();
        assertThat(judge.healthy()).isFalse();

        assertThat(judge.passed()).isTrue();

        assertThat(judge.healthy()).isTrue();
    }

    @Test
    void rows_have_a_length() {
        assertThatThrownBy(() -> new HealthJudge(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HealthJudge(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
