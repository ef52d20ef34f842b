package org.continuo.bridge.cli;

import picocli.CommandLine;

/** Makes the commands, and hands those that work for long what tells them to stop. */
final class CommandFactory implements CommandLine.IFactory {
    private final Interruption interruption;

    CommandFactory(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        try {
            return type.getDeclaredConstructor(Interruption.class).newInstance(interruption);
        } catch (NoSuchMethodException e) {
            return CommandLine.defaultFactory().create(type);
        }
    }
}
