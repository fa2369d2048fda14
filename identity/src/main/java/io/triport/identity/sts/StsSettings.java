package io.triport.identity.sts;

/** How STS answers. @param duration what happens to a wish for a session that is shorter or longer than the role has them */
public record StsSettings(DurationRule duration) {
    public static final StsSettings DEFAULT = new StsSettings(DurationRule.REFUSED);

    public enum DurationRule {
        /** It is an error of the caller. */
        REFUSED,
        /** The session gets the nearest length that it may have, as some other services do it. */
        CLAMPED
    }
}
