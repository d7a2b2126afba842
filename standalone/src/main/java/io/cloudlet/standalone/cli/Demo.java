package io.cloudlet.standalone.cli;

import io.cloudlet.sidecar.cli.CommandContext;
import io.cloudlet.sidecar.cli.EngineDemo;
import io.cloudlet.sidecar.guest.SmallGuest;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.standalone.demo.ResourceDemo;
import io.cloudlet.standalone.kubernetes.MissingProgramsException;
import io.cloudlet.standalone.kubernetes.ProgramFinder;
import io.cloudlet.standalone.kubernetes.Programs;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@code demo}: through resources, or without where no API server can be had.
 *
 * @param context of the command
 * @param accelerator what runs guests; null for what works
 */
record Demo(CommandContext context, @Nullable Accelerator accelerator) {
  void run() throws IOException {
    new LogFile(SmallGuest.defaultCache().resolve("demo.log")).use();
    Programs programs;
    try {
      programs = new ProgramFinder(context.environment(), context.progress(), context::say).find();
    } catch (MissingProgramsException e) {
      context.say(String.valueOf(e.getMessage()));
      context.say("What follows is the demo of the engine alone, without Kubernetes.\n");
      new EngineDemo(context).run(accelerator);
      return;
    }
    new ResourceDemo(context, programs, accelerator).run();
  }
}
