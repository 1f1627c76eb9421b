// Takes the place of the native module @vscode/spdlog in the fetched server, where it is not compiled. The editor writes
// its logs with it, and its output channels too: without it every channel stays empty. Same functions, plain files.
const { appendFileSync, mkdirSync } = require('node:fs');
const path = require('node:path');

const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
let commonLevel = 2;

class Logger {
  constructor(_type, _name, file) {
    this.file = file;
    this.level = commonLevel;
    this.raw = false;
  }

  write(level, message) {
    if (this.file === undefined || level < this.level) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    try {
      appendFileSync(this.file, this.raw ? message : `${time} [${names[level]}] ${message}\n`);
    } catch {
      // The folder of the logs goes first when a server ends.
    }
  }

  trace(message) {
    this.write(0, message);
  }
  debug(message) {
    this.write(1, message);
  }
  info(message) {
    this.write(2, message);
  }
  warn(message) {
    this.write(3, message);
  }
  error(message) {
    this.write(4, message);
  }
  critical(message) {
    this.write(5, message);
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  setPattern() {
    this.raw = false;
  }
  clearFormatters() {
    this.raw = true;
  }
  // Every message is in the file when its call returns.
  flush() {}
  drop() {
    this.file = undefined;
  }
}

async function createLogger(name, file) {
  mkdirSync(path.dirname(file), { recursive: true });
  return new Logger('rotating', name, file);
}

exports.version = 1;
exports.Logger = Logger;
exports.setLevel = (level) => {
  commonLevel = level;
};
exports.setFlushOn = () => {};
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
