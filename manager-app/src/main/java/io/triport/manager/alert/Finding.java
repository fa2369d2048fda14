package io.triport.manager.alert;

/** What a look at a rule found. @param broken whether it is what must not be. @param message one sentence */
record Finding(boolean broken, long value, String message) {
    static Finding over(long value, long limit, String what) {
        return new Finding(value > limit, value, value + " " + what + ", more than " + limit);
    }
}
