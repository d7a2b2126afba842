# A guest in one boot sector that writes to the 256 pages from 16 MiB on in turns, as fast as it can.
# WritingGuest.java holds the assembled bytes:
#   as --32 writer.s -o writer.o && ld -m elf_i386 --oformat binary -Ttext 0x7c00 writer.o -o writer.bin
.code16
.globl _start
_start:
  cli
  xorw %ax, %ax
  movw %ax, %ds
  movw %ax, %ss
  movw $0x7c00, %sp
  inb $0x92, %al              # opens address line 20
  orb $2, %al
  outb %al, $0x92
  lgdtl gdtr
  movl %cr0, %eax
  orb $1, %al
  movl %eax, %cr0
  ljmpl $8, $protected
.code32
protected:
  movw $16, %ax
  movw %ax, %ds
  movw %ax, %es
  movw %ax, %ss
  xorl %ebx, %ebx
turn:
  incl %ebx
  movl $0x1000000, %esi
page:
  incl (%esi)
  addl $0x1000, %esi
  cmpl $0x1100000, %esi
  jb page
  testl $0x3ffff, %ebx
  jnz turn
  movw $0x3f8, %dx            # a line on the serial port now and then
  movb $48, %al
  outb %al, %dx
  movb $10, %al
  outb %al, %dx
  jmp turn
  .align 8
gdt:
  .quad 0
  .quad 0x00cf9a000000ffff
  .quad 0x00cf92000000ffff
gdtr:
  .word 23
  .long gdt
.org 510
.word 0xaa55
